"""Answering: what needs no search first, then what search finds, read in the light of what was shown before."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from actions.replies import all_told, clarify, not_found, show
from actions.scope import answer_out_of_scope, decline, is_chatter, show_door
from actions.skill import PERSON, Skill, context, say, words, words_before
from actions.standing import correct_law, explain_word, law_has_changed, quote_code
from bot.settings import read_settings
from knowledge_base.boundaries import boundary
from knowledge_base.encoder import encoder
from knowledge_base.entry import Entry, entries
from knowledge_base.overlay import entries_for
from knowledge_base.places import locate
from knowledge_base.planted import correct
from knowledge_base.query import questions
from knowledge_base.scope import NATION, OTHER, Door, named
from knowledge_base.search import Found, Search, open_search

CLARIFY_IN_A_ROW = 2
STRANGE = "out_of_scope"  # the intent of what Rasa takes for no question of ours
ALSO_ASKED = "You asked about more than one thing. On this one:"


@lru_cache
def search() -> Search:
    """The search of this process, loaded once."""
    settings = read_settings()
    return open_search(settings.home / "index", entries(), encoder(settings.encoder))


@lru_cache
def held(service: str | None) -> dict[str, Entry]:
    """The entries of a service: the national ones, and its own where they say that they win."""
    return entries_for(service, entries()) if service else entries()


def shown(tracker) -> list[Entry]:
    """The entries shown in this conversation, newest last, as often as they were."""
    all_entries = held(context(tracker).get("service"))
    return [all_entries[i] for i in context(tracker).get("shown", ()) if i in all_entries]


def also_answer(dispatcher, text: str, first: Entry, all_entries: dict[str, Entry]) -> None:
    """A message with several questions gets the short answer to each further one of which we are sure."""
    said = {first.id}
    for number, question in enumerate(questions(text)):
        found = search().find(question, [first] if number else [])
        best = found.candidates[0]
        if found.sure and best.entry not in said:
            said.add(best.entry)
            entry = all_entries[best.entry]
            say(dispatcher, "answer", f"entry:{entry.id}", f"{ALSO_ASKED} {entry.title}.\n\n{entry.short}", more=entry.more,
                entry=entry.id, topic=entry.topic, cites=entry.all_cites())


def elsewhere(tracker, found: Found, before: Sequence[Entry]) -> Door | None:
    """Where a message belongs if not with us: the door that the second look saw; none in particular where Rasa alone finds it strange.

    Both read each message by itself. What seems strange, or mere talk, after an answer may well lean on that: then search says.
    """
    seen = named(context(tracker).get("door") or "")
    if seen and seen.id == NATION and (context(tracker).get("area") or locate(words(tracker)).codes):
        seen = None  # a school or a town that the second look does not know, in a place in England that we do
    if seen and not (before and seen.is_talk and found.verdict == "answer"):
        return seen
    if before or tracker.latest_message["intent"]["name"] != STRANGE:
        return None
    return named("fragment" if is_chatter(words(tracker)) else OTHER)


class Answer(Skill):
    """Whatever the parent asks, unless another skill is sure that it is theirs."""

    called = "action_answer"

    def act(self, dispatcher, tracker, domain):
        known, text = context(tracker), words(tracker)
        all_entries = held(known.get("service"))
        if (button := known.get("button") or "").startswith("ask:"):
            if (entry := all_entries.get(button[4:])) is None:
                raise LookupError("a button for an entry that is gone")
            show(dispatcher, entry, all_entries)
            return []
        edge = boundary(text)
        if answer_out_of_scope(dispatcher, text, edge):
            return []
        lead, cites = "", ()
        if edge:  # one that does not stop: a sentence first, then the question beside it
            text, lead = edge.rest, f"{edge.first}\n\n" if edge.first else ""
        if wrong := correct(text):
            if wrong.stops:
                correct_law(dispatcher, wrong)
                return []
            lead, cites = f"{lead}{wrong.says}\n\n", wrong.cites
        if law_has_changed(dispatcher, tracker, text, lead) or quote_code(dispatcher, text, lead):
            return []
        before = shown(tracker)
        found = search().find(text, before)
        if known.get("clarifies") and (unclear := words_before(tracker)):  # what we asked back about, and now a little more of it
            found = max(found, search().find(f"{unclear} {text}", before), key=lambda f: f.candidates[0].score)
        if explain_word(dispatcher, text, found):
            return []
        if not (edge or wrong or found.sure) and (other := elsewhere(tracker, found, before)):
            show_door(dispatcher, other)
        elif found.verdict == "answer" or (found.verdict == "clarify" and known.get("clarifies", 0) >= CLARIFY_IN_A_ROW):
            entry = all_entries[found.candidates[0].entry]
            if wrong and wrong.entry == entry.id:
                lead = ""  # the entry says it itself
            times = sum(1 for _ in takewhile(entry.__eq__, reversed(before)))
            if times > 1:
                all_told(dispatcher, entry, all_entries)
            else:
                show(dispatcher, entry, all_entries, found, lead, cites, again=times > 0)
            also_answer(dispatcher, text, entry, all_entries)
        elif edge:
            decline(dispatcher, edge)
        elif found.verdict == "clarify":
            clarify(dispatcher, found, lead)
        elif is_chatter(text):
            show_door(dispatcher, named("fragment"))
        else:
            not_found(dispatcher, found, lead)
        return []


class More(Skill):
    """The detail behind the entry last shown."""

    called = "action_more"

    def act(self, dispatcher, tracker, domain):
        before = shown(tracker)
        if not before:
            say(dispatcher, "smalltalk", "wording:nothing-to-tell",
                "Tell me what your question is about, and I will look for the answer and its sources.")
            return []
        show(dispatcher, before[-1], held(context(tracker).get("service")), again=True)
        return []


class Feedback(Skill):
    """An answer did not help: say sorry once, offer the next best, and a person from the second time on."""

    called = "action_feedback"

    def act(self, dispatcher, tracker, domain):
        known = context(tracker)
        times = known.get("unhelpful", 0) + 1
        text = ("I am sorry that did not help. Please tell me in one sentence what you need to know." if times < 2 else
                "I am sorry, that is two answers that did not help. A person can look at the whole story. Shall I pass it to an adviser?")
        say(dispatcher, "clarify" if times < 2 else "handoff", "wording:did-not-help", text, buttons=[PERSON], offers_person=times > 1,
            remember={"unhelpful": times}, unanswered="did not help", entry=next(iter(known.get("shown", [])[-1:]), None))
        return []
