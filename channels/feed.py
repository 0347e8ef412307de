"""Wakes open pages when their conversation changes.

The worker is another process, so the news is in the database: while any page is open, one task per app process looks
there again and again, and each page waits on an event of its own instead of asking. A page also looks again by
itself every few seconds, so a missed wake-up delays a line and never loses it.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from starlette.concurrency import run_in_threadpool

from bot.errors import StoreDown
from bot.store import Store

log = logging.getLogger("sendline.feed")

LOOK = 0.005  # seconds between two looks at the database
SAFETY = 5.0  # seconds after which a page looks again without being woken
AWAY = 1.0  # seconds to wait for a database that does not answer


class Watch:
    """One page's wait for news."""

    def __init__(self):
        self._news = asyncio.Event()

    def wake(self) -> None:
        self._news.set()

    async def changed(self, within: float = SAFETY) -> bool:
        """Wait for news for at most `within` seconds; whether there was any."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), within)
        woken = self._news.is_set()
        self._news.clear()
        return woken


class Feed:
    """The news of one app process."""

    def __init__(self, store: Store):
        self.store = store
        self._watches: dict[str | None, set[Watch]] = defaultdict(set)

    @contextmanager
    def watch(self, conversation: str | None = None) -> Iterator[Watch]:
        """Wait for news of one conversation; None means of any. Begin to watch first, then read the transcript."""
        watch = Watch()
        self._watches[conversation].add(watch)
        try:
            yield watch
        finally:
            self._watches[conversation].discard(watch)
            if not self._watches[conversation]:
                del self._watches[conversation]

    def watchers(self, conversation: str | None) -> int:
        """How many pages wait for news of a conversation."""
        return len(self._watches.get(conversation, ()))

    async def run(self) -> None:
        """Look for news until cancelled."""
        seen = None
        while True:
            try:
                if seen is None:
                    seen = await run_in_threadpool(self.store.conversations.last_message)
                changed = ()
                if self._watches:
                    seen, changed = await run_in_threadpool(self.store.conversations.changed_since, seen)
                for conversation in (*changed, None) if changed else ():
                    for watch in tuple(self._watches.get(conversation, ())):
                        watch.wake()
                await asyncio.sleep(LOOK)
            except StoreDown:
                log.warning("database away, waiting")
                await asyncio.sleep(AWAY)
