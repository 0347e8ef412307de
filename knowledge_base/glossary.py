"""The words and letters of the field in plain English: asked for ("what is EOTAS?"), or spelt out at first use in a reply.

Data: glossary.yaml. One row for each way that parents write a thing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import yaml

from knowledge_base import HOME

MOST = 3  # terms spelt out in one reply: more than that, and nobody reads on
# A question that asks for the meaning and for nothing else is an opening, the term, and an ending.
_OPENING = re.compile(
    r"(?:(?:(?:can|could) (?:you|u) |please )?(?:explain|tell me)(?: (?:what|wot))?|"
    r"(?:i )?(?:dont|don['’]t|do not) (?:know|understand) (?:what|wot)|define|(?:what(?:'?s| is) )?(?:the )?meaning of|"
    r"(?:what|wot|wat|wht|who)(?:'?s|’s)?(?: (?:is|are|does|do|r)\b)?(?: (?:you|u|they) mean by)?) "
    r"(?:(?:an?|the|this|called|letters?|words?|term) )*", re.I)
_ENDING = re.compile(
    r"(?: (?:please|pls|plz|then|exactly|actually|again|anyway|in (?:plain )?english)|"
    r" (?:in|of) (?:an? |the )?ehc ?p(?:lan)?| (?:is|are)$)+$", re.I)
_MEANS = re.compile(r" (?:mean(?:s|ing)?|definition|stands? for)$", re.I)
_LEAD = re.compile(
    r"^(?:(?:hi+|hello|hey|sorry|so|ok|okay|and|but|um+|erm*|please|(?:quick|silly|dumb) question)[,.!:\s-]+)+", re.I)
_LETTERS = re.compile(r"EHC plan|[A-Z][A-Za-z]*[A-Z][A-Za-z]*")
# Words that are no place to explain in: addresses, links, code, quotations, headings, bold leads, citations, cases.
_LEAVE = re.compile(
    r"""SEND\ Tribunal|https?://\S+|www\.\S+|\S+@\S+|\[[^\]]*\]\([^)]*\)|`[^`]*`|"[^"\n]*"|“[^”\n]*”|(?m:^\#.*$)|\*\*[^*\n]+\*\*|
    \[\d{4}\][^.;\n]*?\([A-Z]+\)|\b[A-Z]\w+(?:\ [A-Z]\w+)*\ (?:19|20)\d\d(?:\ (?:s\.|reg\ |para\ |Sch\ |ch\.|art\ )?\d[\w.()-]*)?""", re.X)


@dataclass(frozen=True)
class Term:
    """A word or letters, what the letters stand for, what it means in one or two plain sentences, and other ways to say it."""

    term: str
    full: str
    means: str
    also: tuple[str, ...] = ()
    is_word: bool = False  # it is an ordinary word too, so only its capitals ask for it: HE, PAN, NICE
    spell_out: bool = True
    person: str = ""  # where the letters mean a kind of help, the person who gives it: "an OT"

    def says(self) -> str:
        """The answer to "what is it?"."""
        if self.full.lower() == self.term.lower() or not _LETTERS.match(self.term):
            return f"**{self.term[0].upper()}{self.term[1:]}.** {self.means}"
        return f"**{self.term}** stands for {self.full}. {self.means}"


@lru_cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the file."""
    rows = yaml.safe_load((HOME / "glossary.yaml").read_text(encoding="utf-8"))
    return tuple(Term(r["term"], r["full"], r["means"], tuple(map(str, r.get("also") or ())), bool(r.get("is_word")),
                      r.get("spell_out", True), r.get("person", "")) for r in rows)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9: ]", "", name.lower()).strip()


@lru_cache
def _by_name() -> dict[str, Term]:
    names: dict[str, Term] = {}
    for pick in (lambda t: [t.term], lambda t: [t.full, *t.also]):  # a term's own name wins over another's "also"
        for term in terms():
            for name in pick(term):
                names.setdefault(_key(name), term)
    return names


def _named(name: str) -> Term | None:
    name = re.sub(r"^(?:an?|the) ", "", name.strip(" ?!.\"'“”‘’"), flags=re.I)
    key = _key(name)
    term = _by_name().get(key) or (_by_name().get(key[:-1]) if key.endswith("s") else None)
    return None if term and term.is_word and key == _key(term.term) and not name.isupper() else term


def asked(text: str) -> Term | None:
    """The term whose meaning is asked for, where the message asks for nothing else; any other question is for search."""
    said = _LEAD.sub("", " ".join(text.split()))
    plain = _ENDING.sub("", said.rstrip(" ?!."))
    name = _MEANS.sub("", _ENDING.sub("", plain))
    opened = _OPENING.match(name)
    term = _named(name[opened.end():] if opened else name)
    # "SENCO??" asks what it is; "council?" and a bare "SENCO" do not say what they ask.
    return term if opened or name != plain or (term and "?" in said and _key(name).rstrip("s") == _key(term.term)) else None


def expand(text: str, known: Iterable[str] = ()) -> tuple[str, list[str]]:
    """`text` with up to MOST abbreviations spelt out at their first use, and the terms that are known from now on.

    `known`: the terms that this conversation has seen spelt out. Headings, quotations, addresses and citations are left
    alone; a term that the text itself explains becomes known as it stands.
    """
    fulls = {term.full for term in terms() if term.term in set(known)}
    left, fresh, edits = [m.span() for m in _LEAVE.finditer(text)], [], []
    for match in _pattern().finditer(text):
        term = _spelt()[match["term"]]
        if any(full.startswith(term.full) for full in fulls) or any(a < match.end() and match.start() < b for a, b in left):
            continue
        explained = term.full.lower() in text.lower()
        if not explained and len(edits) == MOST:
            continue
        fulls.add(term.full)
        fresh.append(term.term)
        if not explained:
            edits.append((match, term))
    for match, term in reversed(edits):
        plural = match["plural"]
        one = (match["article"] or "the").lower() != "the"
        full = term.person if term.person and (one or plural) else term.full
        article = f"{_article(match['article'], full)} " if match["article"] else ""
        spelt = f"{article}{full}{plural} ({match['term']}{plural})"
        if re.search(r"(?:^|\n)\s*(?:[-*] )?$|[.!?]\s+$", text[:match.start()]):
            spelt = spelt[0].upper() + spelt[1:]
        text = text[:match.start()] + spelt + text[match.end():]
    return text, fresh


def _article(written: str, full: str) -> str:
    if written.lower() == "the":
        return written
    one = "an" if re.match(r"(?!uni|eu|one)[aeiou]", full, re.I) else "a"
    return one.capitalize() if written[0].isupper() else one


@lru_cache
def _spelt() -> dict[str, Term]:
    """The abbreviations that are spelt out, as they are written."""
    return {t.term: t for t in terms() if t.spell_out and _LETTERS.fullmatch(t.term) and t.full != t.term}


@lru_cache
def _pattern() -> re.Pattern:
    names = "|".join(re.escape(name) for name in sorted(_spelt(), key=len, reverse=True))
    return re.compile(rf"(?:\b(?P<article>[Aa]n?|[Tt]he) )?\b(?P<term>{names})(?P<plural>s?)\b(?!['’&/-]|\.\w| \d{{4}})")
