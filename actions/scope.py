"""What Sendline is not for: another nation's law, other kinds of trouble, orders. Each gets the right door."""

from actions.skill import PERSON, say
from knowledge_base.boundaries import Boundary
from knowledge_base.helplines import for_need
from knowledge_base.nations import nation_of, nations
from knowledge_base.query import asks
from knowledge_base.scope import Door, breaks_off, door, is_filler, is_nonsense, named

CHATTER = 2  # words; "lol" and "haha nice" are not questions that anybody should have to answer
BEGINNING = 5  # words; "my daughter said something" asks nothing yet


def answer_out_of_scope(dispatcher, text: str, edge: Boundary | None) -> bool:
    """Speak and give True where the words alone show that this is not a question for us. `edge`: the boundary that it meets."""
    if edge and edge.stops:
        decline(dispatcher, edge)
        return True
    if nation := nation_of(text):
        say(dispatcher, "signpost", f"wording:nation-{nation}", nations()[nation].says)
        return True
    if other := door(text):
        show_door(dispatcher, other)
        return True
    if is_filler(text):
        show_door(dispatcher, named("fragment"))
        return True
    if is_nonsense(text):
        show_door(dispatcher, named("nonsense"))
        return True
    return False


def show_door(dispatcher, other: Door) -> None:
    """Where to go, then who to ring there and when, where the directory knows somebody for this kind of trouble."""
    lines = [other.says, *(f"- {one.says()}" for one in for_need(other.need))] if other.need else [other.says]
    say(dispatcher, other.route, f"wording:{other.id}", "\n".join(lines),
        unanswered="out of scope" if other.route in ("signpost", "unanswered") else None)


def is_chatter(text: str) -> bool:
    """Whether a message asks nothing, or nothing yet."""
    length = len(text.split())
    return length <= CHATTER or breaks_off(text) or (length <= BEGINNING and not asks(text))


def decline(dispatcher, edge: Boundary) -> None:
    """Say what we do not do, and what we can."""
    say(dispatcher, edge.route, f"wording:{edge.kind}", edge.says, buttons=[PERSON] * edge.offers_person, offers_person=edge.offers_person)
