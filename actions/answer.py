"""Answering: search, then an entry, one clarifying question, or an honest "I could not find this"."""

from functools import lru_cache
from typing import Any

from actions.scope import answer_out_of_scope
from actions.skill import PERSON, Skill, context, say, words
from bot.settings import read_settings
from knowledge_base.encoder import encoder
from knowledge_base.entry import Entry, entries
from knowledge_base.followup import is_follow_up, with_subject
from knowledge_base.search import Found, Search, open_search
from knowledge_base.topics import TOPICS

CLARIFY_IN_A_ROW = 2


@lru_cache
def search() -> Search:
    """The search of this process, loaded once."""
    settings = read_settings()
    return open_search(settings.home / "index", entries(), encoder(settings.encoder))


def related(entry: Entry) -> list[dict[str, str]]:
    """Buttons for the questions that usually come next."""
    return [{"label": entries()[i].title, "do": f"ask:{i}"} for i in entry.next if i in entries()][:3]


def show(dispatcher, entry: Entry, found: Found | None = None) -> None:
    """Say one entry, with its sources, duties and related questions."""
    say(
        dispatcher, "signpost" if entry.signpost else "answer", f"entry:{entry.id}", entry.short, more=entry.more,
        entry=entry.id, topic=entry.topic, cites=entry.all_cites(), sms=entry.sms,
        duties=[{"who": d.who, "strength": d.strength, "what": d.what, "cites": d.cites} for d in entry.duties],
        buttons=related(entry) + [PERSON] * entry.offer_person,
        offers_person=entry.offer_person, **_scores(found),
    )


def _scores(found: Found | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {"score": found.candidates[0].score,
            "alternatives": [{"entry": c.entry, "topic": c.topic, "score": c.score} for c in found.others()]}


def clarify(dispatcher, found: Found) -> None:
    """Ask back once, with up to three topics to tap."""
    best = (found.candidates[0], *found.others())[:3]
    say(
        dispatcher, "clarify", "wording:clarify",
        "I want to give you the right answer. Is your question about one of these? If not, tell me a little more, in one sentence.",
        topic=best[0].topic, buttons=[{"label": entries()[c.entry].title, "do": f"ask:{c.entry}"} for c in best], **_scores(found),
    )


def not_found(dispatcher, found: Found) -> None:
    """Say so, name the nearest topics, offer a person, and have it logged."""
    nearest = (found.candidates[0], *found.others())[:3]
    say(
        dispatcher, "unanswered", "wording:not-found",
        "I could not find a checked answer to that, so I will not guess. I have noted your question, without your details, so that "
        "people can write an answer. You can ask me again in other words, look at the nearest topics, or talk to a person.",
        buttons=[{"label": TOPICS[c.topic], "do": f"ask:{c.entry}"} for c in nearest] + [PERSON], offers_person=True,
        unanswered="below threshold", topic=nearest[0].topic, **_scores(found),
    )


class Answer(Skill):
    """Whatever the parent asks, unless another skill is sure that it is theirs."""

    called = "action_answer"

    def act(self, dispatcher, tracker, domain):
        known, text = context(tracker), words(tracker)
        if (button := known.get("button") or "").startswith("ask:"):
            if (entry := entries().get(button[4:])) is None:
                raise LookupError("a button for an entry that is gone")
            show(dispatcher, entry)
            return []
        if answer_out_of_scope(dispatcher, text):
            return []
        last = entries().get(known.get("last_entry") or "")
        found = search().find(text)
        if last and is_follow_up(text):
            found = with_subject(search(), text, last, found)
        if found.verdict == "answer" or (found.verdict == "clarify" and known.get("clarifies", 0) >= CLARIFY_IN_A_ROW):
            show(dispatcher, entries()[found.candidates[0].entry], found)
        elif found.verdict == "clarify":
            clarify(dispatcher, found)
        else:
            not_found(dispatcher, found)
        return []


class More(Skill):
    """The detail behind the entry last shown."""

    called = "action_more"

    def act(self, dispatcher, tracker, domain):
        entry = entries().get(context(tracker).get("last_entry") or "")
        if entry is None:
            say(dispatcher, "smalltalk", "wording:nothing-to-tell",
                "Tell me what your question is about, and I will look for the answer and its sources.")
            return []
        say(dispatcher, "answer", f"entry:{entry.id}", entry.more, entry=entry.id, topic=entry.topic, cites=entry.all_cites(),
            buttons=related(entry))
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
