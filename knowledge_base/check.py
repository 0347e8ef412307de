"""`sendline kb check`: what is wrong with the knowledge base, one sentence a problem.

The rules are the editorial ones: every citation registered, every duty with who and how strongly, a review date,
short sentences, a text message of at most two segments, must only where the law says must.
"""

import re
from datetime import date

import textstat
import yaml

from knowledge_base import HOME
from knowledge_base.entry import ENTRIES, Entry, EntryError, read_entry
from knowledge_base.facts import facts
from knowledge_base.law import Law, law
from knowledge_base.law_changes import problem as stale_law
from knowledge_base.sms import segments
from knowledge_base.topics import TOPICS

STRENGTHS = {"must", "should", "may"}
STAGES = {"early-years", "school", "post-16"}
STATUSES = {"in-force", "proposed", "repealed"}
SENTENCE_WORDS = 25
SHORT_SENTENCES = 4
GRADE = 9.0  # Flesch-Kincaid, a single entry at most; the whole base aims at 6
# Words that judge, promise or scold. An answer gives the law; it does not say who is right.
BANNED = ["you will win", "illegal", "genuine", "you didn't", "you should have", "don't worry", "simply ", "obviously"]
# Letters that stand for something have to be in the glossary, so that a parent can ask what they mean.
LETTERS = re.compile(r"\b[A-Z]{2,}[a-z]?\b")
NOT_LETTERS = {"OK", "UK", "GOV", "II", "NOT", "AND", "OR"}


def plain(markdown: str) -> str:
    """The words of Markdown text, without its marks; each list item and heading ends as a sentence."""
    lines = []
    for line in markdown.splitlines():
        line = re.sub(r"^\s*(#+|[-*]|\d+\.)\s+", "", line).strip()
        if line:
            lines.append(line if line[-1] in ".!?:" else line + ".")
        else:
            lines.append("")
    text = re.sub(r"\[([^]]+)]\([^)]*\)", r"\1", "\n".join(lines))
    return re.sub(r"[*_`>]", "", text)


def sentences(markdown: str) -> list[str]:
    """The sentences of Markdown text. A line of its own that ends, such as a list item, ends a sentence."""
    text = re.sub(r"\n\s*\n", " ¶ ", plain(markdown))
    text = re.sub(r"(?<=[.!?:])\n", " ¶ ", text).replace("\n", " ")
    # Not after "s." or "reg." or an initial: those stops do not end a sentence.
    parts = re.split(r"¶|(?<=[.!?])(?<!\bs\.)(?<!\be\.g\.)\s+(?=[A-Z0-9\"'(])", text)
    return [part.strip() for part in parts if part.strip(" .")]


def glossary_letters() -> set[str]:
    """The abbreviations that the glossary explains, in capitals."""
    path = HOME / "glossary.yaml"
    return {row["term"].upper() for row in yaml.safe_load(path.read_text(encoding="utf-8"))} if path.exists() else set()


def check_entry(entry: Entry, register: Law, known: set[str], letters: set[str], today: date) -> list[str]:
    """The problems of one entry, each a sentence that starts with its id."""
    say: list[str] = []
    if entry.topic not in TOPICS:
        say.append(f"the topic '{entry.topic}' is not in topics.py")
    if len(set(q.lower() for q in entry.questions)) < 8:
        say.append(f"it has {len(set(entry.questions))} different questions: write at least 8 ways that parents ask it")
    for cite in entry.all_cites():
        if register.find(cite) is None:
            say.append(f"the citation '{cite}' is not in law.yaml")
    for fact in entry.facts:
        if fact not in facts():
            say.append(f"the fact '{fact}' is not in facts/")
        elif facts()[fact]["confidence"] != "high":
            say.append(f"the fact '{fact}' is of {facts()[fact]['confidence']} confidence: check it or leave it out")
    for duty in entry.duties:
        if duty.strength not in STRENGTHS:
            say.append(f"the duty of {duty.who} has strength '{duty.strength}': use must, should or may")
    if strange := set(entry.stage) - STAGES:
        say.append(f"unknown stage {', '.join(sorted(strange))}")
    if entry.status not in STATUSES:
        say.append(f"the status '{entry.status}' is none of {', '.join(sorted(STATUSES))}")
    if entry.review_by <= entry.reviewed:
        say.append("review_by is not after reviewed")
    if entry.review_by < today:
        say.append(f"its review was due on {entry.review_by}: read it again and set new dates")
    say += [f"next names '{other}', which is not an entry" for other in entry.next if other not in known]
    try:
        if (count := segments(entry.sms)) > 2:
            say.append(f"its SMS takes {count} segments: cut it to two (306 characters)")
    except ValueError as error:
        say.append(f"its SMS has characters {error}")
    if len(found := sentences(entry.short)) > SHORT_SENTENCES:
        say.append(f"the short answer has {len(found)} sentences: at most {SHORT_SENTENCES}")
    for sentence in sentences(entry.short) + sentences(entry.more) + sentences(entry.sms):
        if (count := len(sentence.split())) > SENTENCE_WORDS:
            say.append(f"a sentence has {count} words, at most {SENTENCE_WORDS}: '{sentence[:60]}…'")
    words = f"{entry.title} {plain(entry.short)} {plain(entry.more)} {entry.sms}"
    if re.search(r"\bmust\b", words, re.I) and not any(d.strength == "must" for d in entry.duties):
        say.append("the text says 'must' but no duty is a must")
    say += [f"it uses '{phrase.strip()}', which judges, promises or scolds" for phrase in BANNED if phrase in words.lower()]
    if letters and (unknown := {w for w in LETTERS.findall(words) if not {w.upper(), w.rstrip("s").upper()} & letters} - NOT_LETTERS):
        say.append(f"it uses {', '.join(sorted(unknown))}, not in glossary.yaml")
    if (grade := textstat.flesch_kincaid_grade(plain(entry.short) + " " + plain(entry.more))) > GRADE:
        say.append(f"its reading grade is {grade:.1f}, at most {GRADE}: use shorter words and sentences")
    return [f"{entry.id}: {problem}." for problem in say]


def check(today: date, folder=ENTRIES) -> tuple[list[str], dict]:
    """Problems of the whole base, and its figures (entries, topics, questions, mean reading grade)."""
    problems, found = [], {}
    for path in sorted(folder.glob("*/*.md")):
        try:
            entry = read_entry(path)
        except EntryError as error:
            problems.append(str(error))
            continue
        if entry.id in found or entry.id != path.stem or entry.topic != path.parent.name:
            problems.append(f"{path.name}: the id must be the file's name, used once, in the folder of its topic.")
        found[entry.id] = entry
    problems += filter(None, [stale_law(today)])
    letters, asked = glossary_letters(), {}
    for entry in found.values():
        problems += check_entry(entry, law(), set(found), letters, today)
        for question in entry.questions:
            if (other := asked.setdefault(question.lower().strip(), entry.id)) != entry.id:
                problems.append(f"{entry.id}: the question '{question}' is also in {other}: keep it in one place.")
    grades = [textstat.flesch_kincaid_grade(plain(e.short) + " " + plain(e.more)) for e in found.values()]
    figures = {
        "entries": len(found), "topics": len({e.topic for e in found.values()}),
        "questions": sum(len(e.questions) for e in found.values()),
        "facts covered": f"{len({f for e in found.values() for f in e.facts})} of {len(facts())}",
        "mean reading grade": round(sum(grades) / len(grades), 1) if grades else None,
    }
    return problems, figures
