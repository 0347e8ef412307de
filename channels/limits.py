"""How many messages one conversation or one address may send in a minute. Kept in memory: a restart forgives."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

KEYS = 50_000  # keys remembered at once, so that a flood of made-up ones cannot fill the memory


class PerMinute:
    """A sliding minute per key. `most` of 0 means no limit."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic):
        self.most, self.clock = most, clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Count one message of `key`; False when it is one too many. A refused message does not count."""
        if not self.most:
            return True
        now = self.clock()
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        while times and times[0] <= now - 60:
            times.popleft()
        if len(times) >= self.most:
            return False
        times.append(now)
        if len(self._times) > KEYS:
            self._times.popitem(last=False)
        return True
