"""Answering: what needs no search first, then an entry, one clarifying question, or an honest "I could not find this"."""

from functools import lru_cache
from typing import Any

from actions.scope import answer_out_of_scope, decline, is_chatter, show_door
from actions.skill import PERSON, Skill, context, say, words
from actions.standing import correct_law, explain_word, law_has_changed, quote_code
from bot.settings import read_settings
from knowledge_base.boundaries import boundary
from knowledge_base.encoder import encoder
from knowledge_base.entry import Entry, entries
from knowledge_base.overlay import entries_for
from knowledge_base.planted import correct
from knowledge_base.query import questions
from knowledge_base.scope import OTHER, Door, named
from knowledge_base.search import Found, Search, open_search
from knowledge_base.topics import TOPICS

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


def related(entry: Entry, all_entries: dict[str, Entry]) -> list[dict[str, str]]:
    """Buttons for the questions that usually come next."""
    return [{"label": all_entries[i].title, "do": f"ask:{i}"} for i in entry.next if i in all_entries][:3]


def show(dispatcher, entry: Entry, all_entries: dict[str, Entry], found: Found | None = None, lead: str = "", cites: tuple = ()) -> None:
    """Say one entry, with its sources, duties and related questions; `lead` goes before it."""
    say(
        dispatcher, "signpost" if entry.signpost else "answer", f"entry:{entry.id}", f"{lead}{entry.short}", more=entry.more,
        entry=entry.id, topic=entry.topic, cites=list(dict.fromkeys([*entry.all_cites(), *cites])), sms=entry.sms,
        duties=[{"who": d.who, "strength": d.strength, "what": d.what, "cites": d.cites} for d in entry.duties],
        buttons=related(entry, all_entries) + [PERSON] * entry.offer_person,
        offers_person=entry.offer_person, **_scores(found),
    )


def _scores(found: Found | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {"score": found.candidates[0].score,
            "alternatives": [{"entry": c.entry, "topic": c.topic, "score": c.score} for c in found.others()]}


def clarify(dispatcher, found: Found, lead: str) -> None:
    """Ask back once, with up to three topics to tap."""
    best = (found.candidates[0], *found.others())[:3]
    say(
        dispatcher, "clarify", "wording:clarify", lead +
        "I want to give you the right answer. Is your question about one of these? If not, tell me a little more, in one sentence.",
        topic=best[0].topic, buttons=[{"label": entries()[c.entry].title, "do": f"ask:{c.entry}"} for c in best], **_scores(found),
    )


def not_found(dispatcher, found: Found, lead: str) -> None:
    """Say so, name the nearest topics, offer a person, and have it logged."""
    nearest = (found.candidates[0], *found.others())[:3]
    say(
        dispatcher, "unanswered", "wording:not-found", lead +
        "I could not find a checked answer to that, so I will not guess. I have noted your question, without your details, so that "
        "people can write an answer. You can ask me again in other words, look at the nearest topics, or talk to a person.",
        buttons=[{"label": TOPICS[c.topic], "do": f"ask:{c.entry}"} for c in nearest] + [PERSON], offers_person=True,
        unanswered="below threshold", topic=nearest[0].topic, **_scores(found),
    )


def also_answer(dispatcher, text: str, first: Entry, all_entries: dict[str, Entry]) -> None:
    """A message with several questions gets the short answer to each further one of which we are sure."""
    shown = {first.id}
    for number, question in enumerate(questions(text)):
        found = search().find(question, first if number else None)
        best = found.candidates[0]
        if found.sure and best.entry not in shown:
            shown.add(best.entry)
            entry = all_entries[best.entry]
            say(dispatcher, "answer", f"entry:{entry.id}", f"{ALSO_ASKED} {entry.title}.\n\n{entry.short}", more=entry.more,
                entry=entry.id, topic=entry.topic, cites=entry.all_cites())


def elsewhere(tracker, last: Entry | None) -> Door | None:
    """Where a message belongs if not with us: the door that the second look saw; none in particular where Rasa alone finds it strange.

    Rasa reads each message by itself, so what it finds strange after an answer (`last`) may well lean on that.
    """
    if seen := named(context(tracker).get("door") or ""):
        return seen
    if last or tracker.latest_message["intent"]["name"] != STRANGE:
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
        last = all_entries.get(known.get("last_entry") or "")
        found = search().find(text, last)
        if explain_word(dispatcher, text, found):
            return []
        if not (edge or wrong or found.sure) and (other := elsewhere(tracker, last)):
            show_door(dispatcher, other)
        elif found.verdict == "answer" or (found.verdict == "clarify" and known.get("clarifies", 0) >= CLARIFY_IN_A_ROW):
            entry = all_entries[found.candidates[0].entry]
            if wrong and wrong.entry == entry.id:
                lead = ""  # the entry says it itself
            show(dispatcher, entry, all_entries, found, lead, cites)
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
        all_entries = held(context(tracker).get("service"))
        entry = all_entries.get(context(tracker).get("last_entry") or "")
        if entry is None:
            say(dispatcher, "smalltalk", "wording:nothing-to-tell",
                "Tell me what your question is about, and I will look for the answer and its sources.")
            return []
        say(dispatcher, "answer", f"entry:{entry.id}", entry.more, entry=entry.id, topic=entry.topic, cites=entry.all_cites(),
            buttons=related(entry, all_entries))
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
            remember={"unhelpful": times}, unanswered="did not help", entry=known.get("last_entry"))
        return []
