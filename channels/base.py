"""What a channel is: a door through which a parent writes and is answered. A new channel is one new file beside this.

A door does five things, in this order:

1. It makes sure who is knocking (a signature, a secret header, a token) before it reads anything else, and refuses
   when its own secret is not configured.
2. It turns what came in into an `Inbound` whose `external_id` is the sender's own id, so that a repeat is the same message.
3. It calls `keep`. Cleaning the text, the safety screen and the commit happen there, in bot/gateway.py, for all alike.
4. Only then does it say yes (2xx). When `keep` raises StoreDown nothing was kept, so it says 503 and the sender tries
   again; a message that may mean danger gets `wording.CRISIS_ANYWAY` on the spot.
5. It says what Sendline says in the manner of the channel: `render` makes a page's JSON, a chat message or a text
   message out of one line of the transcript. A page reads its own transcript; a channel that has to be told has `send`.

A module is a channel when it has these names; nothing is inherited.
"""

from typing import Any, Protocol, runtime_checkable

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute

from bot.conversation import Inbound, Message
from bot.gateway import Gateway


@runtime_checkable
class Channel(Protocol):
    """A door. `NAME` is what the store calls it."""

    NAME: str

    def routes(self) -> list[BaseRoute]:
        """Where it listens."""

    def render(self, message: Message) -> Any:
        """One line of a transcript in the manner of this channel."""


@runtime_checkable
class PushChannel(Channel, Protocol):
    """A door that has to be told: the worker calls `send` for each message of the outbox."""

    def send(self, message: Message) -> None:
        """Deliver one message. Raises bot.worker.Refused when the provider will never take it, anything else to try again."""


async def keep(gateway: Gateway, inbound: Inbound) -> tuple[int, bool]:
    """Commit a message; gives its place in the transcript and whether it is new. Raises StoreDown: nothing was kept."""
    return await run_in_threadpool(gateway.receive, inbound)
