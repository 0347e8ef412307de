"""What is answered without search: planted law, "has the law changed?", a paragraph of the Code, what a word means."""

from datetime import date

from actions.skill import PERSON, context, say
from bot.settings import read_settings
from knowledge_base.code_of_practice import DIGEST, asks_for_code, entry_for, paragraph
from knowledge_base.entry import entries
from knowledge_base.glossary import asked
from knowledge_base.law import law
from knowledge_base.law_changes import asks_about_changes, changes, standing_answer
from knowledge_base.planted import Correction
from knowledge_base.search import Found

CODE = "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"


def button_to(entry: str | None) -> list[dict[str, str]]:
    """A button that shows an entry, where there is one."""
    return [{"label": entries()[entry].title, "do": f"ask:{entry}"}] if entry in entries() else []


def correct_law(dispatcher, wrong: Correction) -> None:
    """The message says nothing but what is not so: say what is true, and show where."""
    topic = entries()[wrong.entry].topic if wrong.entry else "law-changes"
    say(dispatcher, "answer", f"wording:{wrong.kind}", wrong.says, cites=list(wrong.cites), entry=wrong.entry, topic=topic,
        buttons=[*button_to(wrong.entry), PERSON])


def law_has_changed(dispatcher, tracker, text: str, lead: str) -> bool:
    """The dated standing answer, where a message asks whether the law has changed."""
    if not asks_about_changes(text):
        return False
    entry, today = changes()["entry"], date.fromisoformat(context(tracker)["today"])
    say(dispatcher, "answer", "wording:law-changes", f"{lead}{standing_answer(today)}", cites=list(changes()["cites"]), entry=entry,
        topic="law-changes", buttons=button_to(entry))
    return True


def quote_code(dispatcher, text: str, lead: str) -> bool:
    """The paragraph of the Code that a message asks for: the official text once imported, else our words for it."""
    if (ref := asks_for_code(text)) is None:
        return False
    found = paragraph(ref, read_settings().home)
    if found is None or law().find(found.cite) is None:
        say(dispatcher, "unanswered", "wording:code-not-held",
            f"{lead}I do not have a checked paragraph with that number, so I will not guess. The whole Code is on GOV.UK: {CODE}",
            buttons=[PERSON], unanswered="paragraph of the Code")
        return True
    start = "In our own words, " if found.origin == DIGEST else ""
    said = f"{start}paragraph {found.ref} of the SEND Code of Practice ({found.heading}) says:\n\n{found.text}"
    entry = entry_for(found.ref, entries())
    say(dispatcher, "answer", f"code:{found.ref}", f"{lead}{said[0].upper()}{said[1:]}", cites=[found.cite], entry=entry,
        topic=entries()[entry].topic if entry else None, buttons=button_to(entry))
    return True


def explain_word(dispatcher, text: str, found: Found) -> bool:
    """What a word of the field means, unless an entry is surely about it."""
    term, best = asked(text), found.candidates[0]
    if term is None or found.sure:
        return False
    say(dispatcher, "answer", f"glossary:{term.term}", term.says(), topic=best.topic, entry=best.entry,
        buttons=button_to(best.entry) if found.verdict == "answer" else [])
    return True
