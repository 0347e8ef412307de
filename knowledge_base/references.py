"""References in a message that the register does not know: a paragraph, section, regulation, Act, instrument or case.

A registered reference is never found here, however it is written. Nor is a real one that only lies outside the register:
the limits and names in planted.yaml say where law surely ends. What is said of the rest ("I do not have a checked …") is
true of any of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from knowledge_base.law import law
from knowledge_base.patterns import patterns

data = partial(patterns, "planted")


@dataclass(frozen=True)
class Unknown:
    """One reference that is not in the register. `kind` is a key of `references` in planted.yaml; `where` its place in the text."""

    kind: str
    where: tuple[int, int]


# ------------------------------------------------------------------ numbers: the Code, Acts, regulations

_CODE = r"(?:send? )?(?:code(?: of practice)?|cop)(?:,? ?\(?2015\)?)?"
_PARAGRAPH = r"(?:para(?:graph)?s?\.?|¶)"
_POINT = r"(\d{1,2})\s?[.:]\s?(\d{1,4})(?![\d:]|\s?[ap]m\b)"
_CODE_POINT = re.compile(
    rf"\b(?:(?P<para>{_PARAGRAPH})|{_CODE})(?:,? (?:says|states|at|in|under|{_PARAGRAPH}|section|clause))*\W{{0,3}}{_POINT}"
    rf"|\b{_POINT}(?=[^.?!]{{0,15}}\b{_CODE}\b)", re.I)
_CODE_CHAPTER = re.compile(
    rf"\bchapter (\d{{1,3}})\b(?=[^.?!]{{0,15}}\b{_CODE}\b)|\b{_CODE},? (?:at )?(?:chapter|ch\.?) (\d{{1,3}})\b", re.I)
_WHOLE_PARAGRAPH = re.compile(rf"\b{_PARAGRAPH} (\d{{1,4}})\b(?!\s?[.:]\s?\d)(?=[^.?!]{{0,12}}\b{_CODE}\b)", re.I)
# A paragraph of something else: other codes and guidance number theirs in the same way.
_ELSEWHERE = re.compile(
    r"admissions?|appeals code|travel|transport|exclusion|suspension|attendance|home education|keeping children safe|kcsie|report|minutes|"
    r"statement|capacity|judgment|jcq|policy|framework|letter|plan\b", re.I)
_SECTION = r"(?<!')\b(?:s(?:ec(?:tion)?s?)?|ss)\.?\s?(\d{1,4})[A-Z]{0,3}(?:\((\d{1,3})\))?"
_REGULATION = re.compile(
    r"\breg(?:ulation)?s?\.?\s?(?:number |no\.? )?(\d{1,3})(?!\d)|\bsend? reg(?:ulation)?s? \(?2014\)?,? (\d{1,3})(?!\d)", re.I)
_OTHER_REGULATIONS = re.compile(
    r"finance|exclusion|discipline|attendance|pupil|registration|budget|breaks|complaint|standards|gdpr|building|health and safety|"
    r"care planning|penalty|transport|vehicle", re.I)
_INSTRUMENT = re.compile(r"\bS\.?I\.? ?(\d{4}) ?(?:/|no\.? ?)(\d{1,4})\b", re.I)


def _code(text: str) -> Iterator[Unknown]:
    last = data()["code_chapters"]
    for found in _CODE_POINT.finditer(text):
        chapter, number = (int(n) for n in found.groups()[1:] if n)
        near = text[max(0, found.start() - 30):found.end() + 30]
        if found["para"] and _ELSEWHERE.search(near) and not re.search(rf"\b{_CODE}\b", text, re.I):
            continue
        if number > last.get(chapter, 0) or not number:
            yield Unknown("code", found.span())
    for found in _CODE_CHAPTER.finditer(text):
        if int(found[1] or found[2]) not in last:
            yield Unknown("code", found.span())
    for found in _WHOLE_PARAGRAPH.finditer(text):  # the Code numbers its paragraphs by chapter
        if int(found[1]) not in last:
            yield Unknown("code", found.span())


@lru_cache
def _acts() -> list[tuple[re.Pattern, dict]]:
    # "section 142 of the Act", "the Act, s.142" and "CFA 142" alike
    return [(re.compile(rf"{_SECTION},?(?: of| in| under| from)? {act['name']}\b|\b{act['name']},?(?: part 3,?| says(?: in)?| under| at)* "
                        rf"(?:{_SECTION}|(\d{{2,3}})\b)", re.I), act) for act in data()["acts"]]


def _sections(text: str) -> Iterator[Unknown]:
    for pattern, act in _acts():
        for found in pattern.finditer(text):
            section, subsection = found[1] or found[3] or found[5], found[2] or found[4]
            if law().find(f"{act['source']} s.{section}") and int(subsection or 0) <= data()["subsections"]:
                continue
            if not act["first"] <= int(section) <= act["last"] or int(subsection or 0) > data()["subsections"]:
                yield Unknown("section", found.span())


def _regulations(text: str) -> Iterator[Unknown]:
    for found in _REGULATION.finditer(text):
        number = int(found[1] or found[2])
        if (number > data()["send_regulations"] or not number) and not _OTHER_REGULATIONS.search(text):
            yield Unknown("regulation", found.span())
    for found in _INSTRUMENT.finditer(text):
        number = f"{found[1]}/{found[2]}"
        if number not in data()["instruments"] and not any(number in source.title for source in law().sources):
            yield Unknown("law", found.span())


# ------------------------------------------------------------------ names: Acts, regulations, codes

_KIND = r"(?P<kind>act|regulations|regs|code of practice|code)"
_NAMED = re.compile(
    rf"(?P<name>(?:[\w'&()/,-]+ ){{0,9}}?){_KIND},? (?:of |from )?\(?(?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<year2>(?:19|20)\d\d) (?P<name2>(?:[\w'&()/-]+ ){{0,5}}?){_KIND.replace('kind', 'kind2')}\b", re.I)
# With no year, "act" may be a verb: only names that can be nothing else.
_UNDATED = re.compile(
    r"\b(?:the |new |a )(?:send?|ehcp?|special (?:educational )?needs|inclusion)(?: (?:and|or|plans?|reform|abolition|fast[ -]track|rights|"
    r"amendment|disability|protection|inclusion|support|guarantee|\(|\)))* (?:act|regulations)\b(?! [12]\d{3}| (?:as|out|on|like|up)\b)"
    r"|\b(?:[A-Z][\w&-]+ )*(?:EHCP?s?|SEND?|Education for All|Inclusion)(?: (?:and|[A-Z][\w&-]+|\([A-Z][\w -]+\)))* (?:Act|Regulations)\b"
    r"(?! [12]\d{3})")
_PLAIN_NAMES = re.compile(r"(?:the |new |a )*(?:send?|special educational needs)(?: and disabilit(?:y|ies))? regulations", re.I)
_GLUE = frozenset(re.findall(r"\w+", """the a an of and or for in on by to under new this that per with from as old whole england no uk
    our my your current says said say see via using about what does is has have was were you know read latest section sections part reg
    regulation schedule sch para"""))
_SPELT = {"send": "special educational needs disability", "sen": "special educational needs", "families": "family",
          "childrens": "children", "disabilities": "disability", "schools": "school", "admission": "admissions"}


def _words(name: str) -> frozenset[str]:
    plain = re.sub(r"\S*\d\S*|[^a-z ]", " ", name.lower().replace("'", ""))
    return frozenset(w for word in plain.split() for w in _SPELT.get(word, word).split()) - _GLUE


@lru_cache
def _known_names() -> list[tuple[str, str, frozenset[str]]]:
    """(kind, year, words) of every law that may be named."""
    names = [name for source in law().sources for name in (source.source, source.title)] + data()["real_laws"]
    return [(kind.lower(), year, _words(name)) for name in names for year in re.findall(r"\b(?:19|20)\d\d\b", name)
            for kind in re.findall(r"\b(?:Act|Reg|Code)", name)]


def _names(text: str) -> Iterator[Unknown]:
    for found in _NAMED.finditer(text):
        kind, year = (found["kind"] or found["kind2"])[:4].lower().removesuffix("u").removesuffix("s"), found["year"] or found["year2"]
        # Words of the sentence may stand before a name, so its last ones decide.
        words = [word for word in (found["name"] or found["name2"] or "").split() if _words(word)]
        said, spoken = _words(" ".join(words[-2:])), _words(" ".join(words))
        if kind == "code" and spoken and not spoken & {"special", "educational", "needs", "disability", "ehc", "ehcp"}:
            continue  # of dress, of conduct, of the highway
        if not said and (kind != "code" or "practice" not in found[0].lower()) and found["year"]:
            continue  # "they must act 2026"
        if not any((kind, year) == (k, y) and said <= named for k, y, named in _known_names()):
            yield Unknown("edition" if kind == "code" else "law", found.span())
    for found in _UNDATED.finditer(text):
        if not _PLAIN_NAMES.fullmatch(found[0]):
            yield Unknown("law", found.span())


# ------------------------------------------------------------------ cases

_VERSUS = re.compile(r"(?P<left>(?:[\w'’&().,-]+ ){1,4})(?:v|vs|versus)\.? (?P<right>[\w'’&().,-]+(?: [\w'’&().,-]+){0,3})", re.I)
_CITATION = re.compile(r"[\[(]((?:19|20)\d\d)[\])] ?(?:\d )?(UKUT|EWHC|EWCA(?: Civ)?|UKSC|UKHL|ELR|U?K?FTT|AACR|WLR) ?0*(\d+)", re.I)
_CASE_WORDS = re.compile(
    r"\b(?:case|ruling|ruled|judge?ment|held|precedent|high court|court of appeal|upper tribunal|case ?law|decided|says?|said)\b", re.I)
_NO_PARTY = frozenset(re.findall(r"\w+", """r v the a an of and on ex p parte application cc lb lbc bc mbc london borough county city
    council metropolitan district royal in re"""))


def _parties(side: str) -> list[str]:
    return [w for w in re.findall(r"[a-z0-9][a-z0-9-]*", side.lower().replace("'", "")) if w not in _NO_PARTY]


@lru_cache
def _known_cases() -> tuple[list[tuple[set[str], set[str]]], set[tuple[str, ...]]]:
    """The parties of each registered case, and the registered citations."""
    names = [source.source for source in law().sources if source.kind == "case"]
    sides = [re.split(r"\[", name)[0].split(" v ", 1) for name in names]
    return [(set(_parties(a)), set(_parties(b))) for a, b in sides], {c for name in names for c in _citations(name)}


def _citations(text: str) -> set[tuple[str, ...]]:
    return {(year, court.upper(), number) for year, court, number in _CITATION.findall(text)}


def _is_known_case(left: list[str], right: list[str]) -> bool:
    pair = (set(left[-1:]), set(right[:1]))
    return any((pair[0] <= a and pair[1] <= b) or (pair[0] <= b and pair[1] <= a) for a, b in _known_cases()[0])


def _cases(text: str) -> Iterator[Unknown]:
    for found in _VERSUS.finditer(text):
        left, right = _parties(found["left"]), _parties(found["right"])
        near = {(left or [""])[-1], (right or [""])[0]}
        cited = _CITATION.search(text, found.start(), found.end() + 40)
        capitals = found["left"].split()[-1].lstrip("(")[:1].isupper() and found["right"].lstrip("(")[:1].isupper()
        if not cited and (near & set(data()["not_parties"]) or not (capitals or _CASE_WORDS.search(text))):
            continue  # "mainstream v special", "me v the council"
        if left and right and not _is_known_case(left, right):
            yield Unknown("case", found.span())
    for found in _CITATION.finditer(text):
        if not _citations(found[0]) <= _known_cases()[1]:
            yield Unknown("case", found.span())


def unknown_references(text: str) -> list[Unknown]:
    """Every reference of `text` that the register does not know, in the order of the text."""
    text = text.replace("’", "'")
    return sorted((u for find in (_code, _sections, _regulations, _names, _cases) for u in find(text)), key=lambda u: u.where)
