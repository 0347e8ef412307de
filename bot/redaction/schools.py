"""Names of schools: back from the word that ends one ("Hillside Primary"), or on from what brings one in ("attends …")."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from bot.redaction.lexicon import cues, is_name, is_word, places
from bot.redaction.reading import Reading

SCHOOL = "school"
LONGEST = 9  # words before the first word that ends the name
BROUGHT_IN = 5  # ordinary words after "goes to"
_SAINT = ("st", "saint")
_STARTS = (*_SAINT, "our", "all")  # ordinary words that begin a name


class Schools:
    """A spaCy component: adds the schools of a message to its entities."""

    def __call__(self, doc: Doc) -> Doc:
        doc.set_ents([*doc.ents, *(Span(doc, a, b, SCHOOL) for a, b in _SchoolReading(doc).schools())])
        return doc


class _SchoolReading(Reading):
    """One message while schools are looked for in it."""

    def schools(self) -> Iterator[tuple[int, int]]:
        """The token spans of schools, in order, none within another."""
        end = 0
        for i in range(len(self.low)):
            if i < end:
                continue
            if self.is_head(i):
                start, found = self.start(i, end), i + 1
            else:
                start = self.alone(i)
                found = start if start is None else self.end(start)
            if start is not None and start < found:
                end = self.on(found)
                yield start, end

    def is_head(self, i: int) -> bool:
        """Whether a word can end the name of a school: "Academy", "C of E"."""
        return self.low[i] in cues()["school heads"] or self.low[max(0, i - 2):i + 1] == ["c", "of", "e"]

    def on(self, i: int) -> int:
        """On over the rest: "Primary School"."""
        end = i
        while self.at(i) in cues()["school heads"] or self.at(i) in cues()["school inside"]:
            i += 1
            end = i if self.is_head(i - 1) else end
        return end

    def is_like_a_name(self, i: int) -> bool:
        low = self.low[i]
        if len(low) < 2 or not low[0].isalpha() or low in cues()["school general"] or low in cues()["kept"]:
            return False
        if not self.shouts and self.text[i].isupper() and len(low) < 5:
            return False  # "FE college"
        if low == "saints" or is_name(low) or not is_word(low):
            return True
        return self.capital(i) and not (self.opens(i) and self.at(i + 1) == self.text[i + 1])

    # ------------------------------------------------------------------ back from the word that ends a name

    def start(self, head: int, floor: int) -> int | None:
        """Where the name before a head begins; None where there is none ("a special school")."""
        i = head
        while i > max(floor, head - LONGEST) and self.belongs(i - 1):
            i -= 1
        while i < head and not self.is_like_a_name(i) and self.low[i] not in _STARTS:
            i += 1
        brought_in = self.brought_in(head, floor)
        if not any(map(self.is_like_a_name, range(i, head))):
            return None if self.low[head] in ("high", "secondary", "e") else brought_in
        if self.at(head - 1) == "'s" and i == head - 2 and self.at(i - 1) not in _SAINT:
            return None  # "Kayden's school"
        if i and self.text[i - 1] == "The" and i > 1:
            return i - 1
        return i if brought_in is None else min(i, brought_in)

    def belongs(self, i: int) -> bool:
        """Whether a word can stand in the name of a school."""
        low = self.low[i]
        if low in ("'s", "."):
            return self.at(i - 1)[0].isalpha()
        joins = low in ("of", "vi") and self.text[i - 1][0].isupper()
        return self.is_like_a_name(i) or joins or low in cues()["school inside"] or low in (*_STARTS, "king", "queen")

    def brought_in(self, head: int, floor: int) -> int | None:
        """The start of ordinary words between a cue and a head: "goes to meadow view school"."""
        for i in range(head - 1, max(floor, head - BROUGHT_IN) - 1, -1):
            low = self.low[i]
            if low in cues()["school before"]:
                somewhere = low == "to" and self.at(i - 1) not in cues()["school going"]
                return None if somewhere or i + 1 == head or self.low[head - 1] == "'s" else i + 1
            if low in cues()["school general"] or not (low[0].isalpha() or low == "'s"):
                return None
        return None

    # ------------------------------------------------------------------ on from what brings a name in

    def alone(self, i: int) -> int | None:
        """Where a name that no word such as "school" ends begins: after "attends", "goes to", "school is", "school,"."""
        low, before = self.low[i], self.at(i - 1)
        if low in _SAINT and before in ("at", "to", "from"):
            return i
        school = before == "school" and low in ("is", ":", ",", "called", "named", "'s")
        going = (before, low) in {("goes", "to"), ("placed", "at"), ("place", "at")}
        return i + 1 if school or going or low in cues()["school alone"] else None

    def end(self, start: int) -> int:
        """The end of the capitalised words at `start`; `start` itself where they name no school."""
        i = start + (start < len(self.text) and self.text[start] == "The")
        if self.at(i) in _SAINT:
            i += 1 + self.at(i + 1)[0].isalpha()
        while i < len(self.text) and (self.has_a_name(i) or (self.low[i] in ("'s", ".") and i > start + 1)):
            i += 1
        name = " ".join(w for w in self.low[start:i] if w not in ("the", ".", "'s"))
        is_town = name in places() and self.at(start - 1) not in ("is", ",")
        return start if not name or is_town else i

    def has_a_name(self, i: int) -> bool:
        return self.text[i].istitle() and self.low[i] not in cues()["school general"] and self.low[i] not in cues()["kept"]
