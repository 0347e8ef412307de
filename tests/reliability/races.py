"""An adviser claims while the bot is answering: one owner, and no word of the bot after the claim."""

from running import together

from bot.conversation import BOT, Adviser, Case, Inbound
from bot.errors import NotAllowed
from bot.gateway import Gateway
from bot.settings import new_id
from bot.store.cases import new_ref, open_case

JOINED = "An adviser has joined."


def race(gateway: Gateway, advisers: list[Adviser]) -> tuple[int, int]:
    """One race between a turn and every adviser at once; gives how many won, and the bot's lines after the claim."""
    store, ref = gateway.store, new_ref()
    talk = store.conversations.start("default", "web").id
    with store.db.write() as tx:
        open_case(tx, talk, ref, 1, "asked for a person", "No question answered yet.")
    gateway.receive(Inbound(talk, "web", new_id(), "can I ask for an EHC plan"))
    runners = [lambda: gateway.run_turn(store.turns.claim("race", only=talk)),
               *(lambda who=who: store.cases.claim(who, ref, JOINED) for who in advisers)]
    results = together(len(runners), lambda index: runners[index]())
    assert all(isinstance(r, NotAllowed) for r in results if isinstance(r, Exception)), results
    lines = store.conversations.transcript(talk)
    claimed = next(m.seq for m in lines if m.text == JOINED)
    return sum(isinstance(r, Case) for r in results), sum(m.author == BOT and m.seq > claimed for m in lines)
