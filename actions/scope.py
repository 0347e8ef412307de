"""What Sendline is not for: another nation's law, other kinds of trouble, orders. Each gets the right door."""

from actions.skill import PERSON, Skill, say, words
from knowledge_base.boundaries import Boundary, boundary
from knowledge_base.helplines import for_need
from knowledge_base.nations import nation_of, nations
from knowledge_base.query import asks
from knowledge_base.scope import Door, breaks_off, door, is_filler, is_nonsense

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
        say(dispatcher, other.route, f"wording:{other.id}", with_helplines(other), unanswered="out of scope")
        return True
    if is_filler(text):
        chatter(dispatcher)
        return True
    if is_nonsense(text):
        say(dispatcher, "clarify", "wording:nonsense", "I did not understand that. Tell me in one sentence what you need to know.")
        return True
    return False


def with_helplines(other: Door) -> str:
    """Where to go, then who to ring there and when, where the directory knows somebody for this kind of trouble."""
    return "\n".join([other.says, *(f"- {one.says()}" for one in for_need(other.need))] if other.need else [other.says])


def is_chatter(text: str) -> bool:
    """Whether a message asks nothing, or nothing yet."""
    length = len(text.split())
    return length <= CHATTER or breaks_off(text) or (length <= BEGINNING and not asks(text))


def chatter(dispatcher) -> None:
    """What is said to a message that asks nothing."""
    say(dispatcher, "smalltalk", "wording:chatter", "I am here. Tell me in your own words what is happening with your child at school.")


def decline(dispatcher, edge: Boundary) -> None:
    """Say what we do not do, and what we can."""
    say(dispatcher, edge.route, f"wording:{edge.kind}", edge.says, buttons=[PERSON] * edge.offers_person, offers_person=edge.offers_person)


class OutOfScope(Skill):
    """Not about SEND: say so in a line, and where to go where we know it."""

    called = "action_out_of_scope"

    def act(self, dispatcher, tracker, domain):
        if answer_out_of_scope(dispatcher, words(tracker), boundary(words(tracker))):
            return []
        if is_chatter(words(tracker)):
            chatter(dispatcher)
            return []
        say(dispatcher, "unanswered", "wording:out-of-scope",
            "I can only help with special educational needs and disabilities (SEND) in England: support in school, EHC plans, exclusion, "
            "transport and the like. Ask me about any of those. If you are not sure where else to ask, Citizens Advice can point the way.",
            unanswered="out of scope")
        return []
