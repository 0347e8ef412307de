"""Where a family lives, read from what they wrote: a council, a place, a postcode, or another nation.

One council is offered for a yes, several are asked about, none is guessed. Two names narrow each other ("Gillingham,
Kent"); where they contradict, all are offered. A name that is also a common word or a first name counts only as an answer
to "where do you live?". Data: directory/.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge_base.councils import councils, rows
from knowledge_base.nations import nation_of

SURE = 0.98  # share of an outward code's postcodes in one council, below which we ask
LIKE, APART = 83, 4  # how alike a misspelt name has to be, and how much more alike than any other place (rapidfuzz ratio)
TOWN = 10_000  # people; smaller places are too many and too alike for mending spelling
LONGEST = 6  # words in a name
_OUTCODE = re.compile(r"([a-z]{1,2}\d{1,2}[a-z]?)(?:\d[a-z]{2})?")
_INCODE = re.compile(r"\d(?:[a-z]{2})?")
_SECTION = re.compile(r"s\d\d")  # "s17" and "s42" are postcodes of Sheffield and Chesterfield, and sections of Acts
# Postcode areas of other nations; an outward code of a shared area that is not in our table is wholly over the border.
_ABROAD = {"BT": "northern-ireland", "IM": "elsewhere", "JE": "elsewhere", "GY": "elsewhere",
           **dict.fromkeys(("CF", "LD", "LL", "NP", "SA", "SY"), "wales"),
           **dict.fromkeys(("AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD", "ZE"), "scotland")}
# The home, in a message that names other places too: "we live in York but his school is in Selby", "moved from Luton to Bedford".
_HOME = re.compile(
    r"\b(?:(?:live|lives|living|based|reside) (?:just )?(?:in|at|near|under|outside|on|by)|liv(?:e|ing)|"
    r"(?:moved|relocated)(?: house| home)?(?: from [\w' -]{2,30}?)? to|(?:council|la|lea|local authority|postcode) (?:is|=)|"
    r"(?:we|i)(?:'re| are|'m| am| come) under|\b(?:we're|we are|were|i'm|im|i am) in) "
    r"(?P<place>.+?)(?= (?:but|while|although|though|since|because|so|with)\b|"
    r" and (?:he|she|they|my|his|her|our|the|we|i|goes|want|need|have|school)\b|[.;!?\n]|$)", re.I)
# Words that say nothing about where, beside a name; none of them is read as a name.
_FILLER = frozenset(re.findall(r"\w+", """
    a actually an and area at authority borough but by call called city code come comes council county district east england from
    hello hi house i im in is its just la lea live lives living local mate me moved moving my near nearest no north not now of ok our
    outside please post postcode relocated relocating side small sorry south thanks the there think to town uk under village way we
    were west yes"""))


@dataclass(frozen=True)
class Where:
    """What a message says of where the family lives.

    `codes` are DfE numbers of councils or names of nations.py, likeliest first; `place` is the name as we read it.
    `named`: the council itself was named, so nothing is left to confirm. `mended`: we guessed the spelling. `mixed`: names
    that lie in different areas.
    """

    codes: tuple[str, ...] = ()
    place: str = ""
    named: bool = False
    mended: bool = False
    mixed: bool = False


@dataclass(frozen=True)
class _Name:
    place: str
    codes: tuple[str, ...]
    only_asked: bool = False
    named: bool = False
    big: bool = False


def _tokens(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"['’.]", "", text.lower()).replace("&", " and "))


def _nation(place: str) -> str | None:
    return nation_of(f"we live in {place}")


def _key(name: str) -> str:
    return " ".join(_tokens(name))


@lru_cache
def _names() -> dict[str, _Name]:
    """Every name by its key. A council's own name means that council; a county's name may mean several."""
    names: dict[str, _Name] = {}
    for r in rows("places.csv"):
        codes, big = r["la_codes"].split("|"), r["dominant_la"]
        if big in codes:
            codes = [big, *(c for c in codes if c != big)]
        people = max((int(p) for p in r["populations"].split("|") if p), default=0)
        if (key := _key(r["place"])) not in _FILLER and (" " in key or not _nation(key)):
            only_asked = r["common_word"] == "yes" or r["first_name"] == "yes"
            names[key] = _Name(r["place"], tuple(codes), only_asked, big=people >= TOWN or r["kind"] not in ("place", "ward"))
    for r in rows("local_authorities.csv"):
        for alias in r["aliases"].split("|"):
            if alias and not _nation(alias):
                names.setdefault(_key(alias), _Name(alias, (r["la_code"],)))
        names.setdefault(_key(r["short_name"]), _Name(r["short_name"], (r["la_code"],), big=True))
        for name in (r["name"], *(f"{r['short_name']} {word}" for word in ("council", "local authority", "la", "lea"))):
            names[_key(name)] = _Name(r["name"], (r["la_code"],), named=True, big=True)
    return names


@lru_cache
def _outcodes() -> dict[str, tuple[str, ...]]:
    """Outward code -> the council it lies in, or all that it may be, with the nation across the border."""
    found = {}
    for r in rows("postcode_areas.csv"):
        shares = [(code, float(share)) for code, share in zip(r["la_codes"].split("|"), r["shares"].split("|"), strict=True)]
        abroad = float(r["share_outside_england"]) > 0
        if shares[0][1] >= SURE and not abroad:
            shares = shares[:1]
        over = "wales" if re.match("CH|GL|HR|LD|LL|NP|SY", r["outcode"]) else "scotland"
        found[r["outcode"]] = (*(c for i, (c, share) in enumerate(shares) if i == 0 or share >= 0.01), *([over] if abroad else ()))
    return found


def _postcode(word: str) -> _Name | None:
    """The area of an outward code, or of a whole postcode written together."""
    if not (match := _OUTCODE.fullmatch(word)):
        return None
    out = match[1].upper()
    area = re.match("[A-Z]+", out)[0]
    nation = "wales" if out in ("CH5", "CH6", "CH7", "CH8") else _ABROAD.get(area)
    codes = _outcodes().get(out) or ((nation,) if nation else ())
    return _Name(out, codes, only_asked=bool(_SECTION.fullmatch(word)), named=out not in _outcodes()) if codes else None


def _mentions(text: str, asked: bool) -> list[_Name]:
    """The names in a message, longest first at each word. A common word counts only in an answer that says nothing else."""
    words, found, says_more, at = _tokens(text), [], False, 0
    while at < len(words):
        size = 1
        if name := _postcode(words[at]):
            size += at + 1 < len(words) and bool(_INCODE.fullmatch(words[at + 1]))
        else:
            for size in range(min(LONGEST, len(words) - at), 0, -1):
                if (name := _names().get(" ".join(words[at:at + size]))) and (size > 1 or len(words[at]) > 3 or asked):
                    break
            else:
                name = None
        if name:
            found.append(name)
        elif words[at] not in _FILLER:
            says_more = True
        at += size
    return [name for name in found if not name.only_asked or (asked and not says_more)]


def _mended(words: list[str]) -> _Name | None:
    """The one larger place that these words misspell, where no other is nearly as near. They are all that was said."""
    written = " ".join(words)
    if not 5 <= len(written) <= 30:
        return None
    alike = [key for key, name in _names().items() if name.big and not name.named and key[0] == written[0]]
    found = process.extract(written, alike, scorer=fuzz.ratio, score_cutoff=LIKE, limit=4)
    near = {_names()[key].codes for key, score, _ in found if score > found[0][1] - APART}
    return _names()[found[0][0]] if len(near) == 1 else None


def _read(text: str, asked: bool) -> Where:
    found = _mentions(text, asked)
    if nation := _nation(text) if asked else nation_of(text):
        found.append(_Name(nation, (nation,), named=True))
    if not found:
        guess = _mended([w for w in _tokens(text) if w not in _FILLER]) if asked else None
        return Where(guess.codes, guess.place, mended=True) if guess else Where()
    shared = [c for c in found[0].codes if all(c in name.codes for name in found)]
    if shared:
        exact = min(found, key=lambda name: len(name.codes))
        return Where(tuple(shared), exact.place, named=len(shared) == 1 and any(n.named for n in found))
    return Where(tuple(dict.fromkeys(c for name in found for c in name.codes)), found[0].place, mixed=True)


def locate(text: str, asked: bool = False) -> Where:
    """Where `text` says that the family lives. `asked`: it answers "where do you live?", so that a town called Reading counts."""
    home = _HOME.search(text)
    return (home and (found := _read(home["place"], True)).codes and found) or _read(text, asked)


def label(code: str) -> str:
    """A choice, as a button says it."""
    return councils()[code].name if code in councils() else f"It is in {code.replace('-', ' ').title()}"
