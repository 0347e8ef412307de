"""Names of people: known names anywhere, other words only where what stands around them speaks of a person.

Three kinds of word can be a name. A *known* name that is no ordinary word ("Kayden") is one wherever it stands. A *double*
is a name and a word ("Will", "Hope", "Green"), an *unknown* is in no list of ours ("Kaydn"): both need a cue.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from bot.redaction.lexicon import councils, cues, is_name, is_word, place_words, places, word_list
from bot.redaction.reading import Reading

PERSON = "name"
_PAUSES = frozenset(",:-–—(")


class People:
    """A spaCy component: adds the people of a message to its entities."""

    def __call__(self, doc: Doc) -> Doc:
        taken = {i for span in doc.ents for i in range(span.start, span.end)}
        doc.set_ents([*doc.ents, *(Span(doc, a, b, PERSON) for a, b in _PeopleReading(doc, taken).people())])
        return doc


class _PeopleReading(Reading):
    """One message while names are looked for in it."""

    def __init__(self, doc: Doc, taken: set[int]):
        super().__init__(doc)
        self.taken = taken | self._councils()
        self.kinds = [self._kind(i) for i in range(len(self.text))]

    def _councils(self) -> set[int]:
        """Where a council of several words stands: "Kensington and Chelsea" is nobody."""
        return {n for size in (2, 3, 4) for i in range(len(self.low) - size + 1) if self.text[i][0].isupper()
                and " ".join(self.low[i:i + size]) in councils() for n in range(i, i + size)}

    # ------------------------------------------------------------------ one word

    def _kind(self, i: int) -> str:
        """known, double, surname (a double that only follows a title or a name), unknown, or nothing."""
        low = self.low[i]
        if i in self.taken or not low[0].isalpha() or not cues()["kept"].isdisjoint([low, *low.split("-")]):
            return ""
        if self.text[i].isupper() and 1 < len(low) < 6 and not self.shouts and self.at(i - 1) not in cues()["kin"]:
            return ""  # an abbreviation
        if is_name(low) and low not in word_list("words"):
            if len(low) > 3 or self.capital(i) or low in cues()["short"]:
                return "known"
            return "double" if len(low) > 1 else ""
        if low in word_list("first_names"):
            return "double"
        if low in word_list("surnames"):
            return "surname"
        if len(low) < 2 or is_word(low) or low in place_words() or low[0] > "ɏ":  # beyond Latin letters no list of ours helps
            return ""
        return "unknown"

    def _kind_at(self, i: int) -> str:
        return self.kinds[i] if i < len(self.kinds) else ""

    # ------------------------------------------------------------------ what stands around it

    def before(self, i: int) -> str:
        """The cue before a word: kin, title, named, …, or nothing."""
        last = i - 1
        if self.at(last) == "\n":
            signs = self.at(last - 1 - (self.at(last - 1) == ",")) in cues()["signed"]
            return "signed" if signs else ""
        if last > 0 and self.at(last) in _PAUSES | {"is", "'s"}:
            kin = self.at(last - 1) in cues()["kin"] or self.at(last - 1) in cues()["role"]
            return "kin" if kin and self.at(last) != "is" and self.at(last) != "'s" else self._named(last)
        if last > 0 and self.at(last) == ".":
            last -= 1
        word = self.at(last)
        for cue in ("title", "title_or_verb", "kin", "ours", "named", "role", "greeting", "signed"):
            if word in cues()[cue]:
                return cue
        return self._named(last)

    def _named(self, last: int) -> str:
        pair = (self.at(last - 1), self.at(last))
        if pair in {("name", "is"), ("name", "'s"), ("name", ":"), ("name", "was"), ("child", ":"), ("names", "is"), ("re", ":")}:
            return "named"
        return "i am" if pair in {("i", "am"), ("this", "is"), ("it", "'s"), ("i'm", ","), ("me", ",")} or pair[1] in ("i'm", "im") else ""

    def followed(self, i: int, weak: bool = True) -> bool:
        """Whether what comes after a word comes after a person."""
        after = self.at(i + 1)
        return after in cues()["person_verbs"] and (weak or after not in cues()["weak_verbs"])

    def pauses(self, i: int) -> bool:
        """Whether the name ends a part of the sentence."""
        after = self.at(i + 1)
        return after in ("and", "&") or not (after[0].isalpha() or after == "'s")

    def is_person(self, i: int) -> bool:
        kind = self.kinds[i]
        if self.at(i + 1) in cues()["eponyms"] or (self.at(i + 1) == "'s" and self.at(i + 2) in cues()["eponyms"]):
            return False
        if kind == "known":
            return not (self.low[i] in places() and self._is_place(i)) and (self.capital(i) or self.at(i - 1) != "the")
        cue, capital = self.before(i), self.capital(i)
        if cue == "title":
            return bool(kind) or (capital and self.low[i] not in cues()["kept"]) or self._is_initial(i)
        if kind == "" and self._is_initial(i) and cue in ("kin", "ours", "named"):
            return True
        if not kind:
            return False
        if cue == "title_or_verb":
            return capital or (kind in ("surname", "unknown") and self.at(i - 2) not in cues()["pronouns"])
        if kind == "surname":
            return False
        if cue == "named":
            return True
        if cue in ("kin", "ours"):
            modal = self.low[i] in ("will", "may", "can") and self.at(i + 1) in ("be", "not", "have", "need", "get", "go")
            return not modal and (capital or self.followed(i, weak=kind == "unknown") or (kind == "unknown" and self.pauses(i))
                                  or (kind == "double" and self.at(i + 1) in ("'s", "(")))
        if not capital:
            return (kind == "unknown" and self.at(i + 1) == "'s" and self.at(i + 2)[0].isalpha()) or (
                kind == "double" and len(self.low[i]) < 4 and self.low[i] not in word_list("words")
                and (self.at(i + 1) == "'s" or self.followed(i, weak=False)))
        return self._is_person_by_capital(i, kind, cue)

    def _is_person_by_capital(self, i: int, kind: str, cue: str) -> bool:
        if self.at(i + 1) in cues()["not_a_person_before"] or self.titles:
            return False
        if cue in ("greeting", "role", "i am", "signed"):
            return cue != "signed" or i > len(self.text) - 4
        if self.low[i] in cues()["months"] and not (self.at(i + 1) == "'s" and self.opens(i)):
            return self.opens(i) and self.at(i + 1) in ("is", "has", "was", "needs", "wont", "won't", "can't", "cant")
        if self.opens(i):
            alone = self.at(i + 1) in "-–—,(:" and kind == "unknown"
            return self.at(i + 1) == "'s" or alone or self.followed(i, weak=kind == "unknown")
        asks = self.low[i] in ("will", "may") and self.at(i + 1) in cues()["pronouns"]
        return not asks and self.at(i - 1) not in cues()["not_a_person_after"]

    def _is_initial(self, i: int) -> bool:
        return len(self.text[i]) == 1 and self.text[i].isupper() and self.text[i] not in "I"

    def _is_place(self, i: int) -> bool:
        """Whether a name that is also a place is one here: "in Preston", "Lincoln council"."""
        return self.at(i - 1) in cues()["not_a_person_after"] or self.at(i + 1) in cues()["not_a_person_before"] or (
            self.at(i + 1) == "to" and self.at(i + 2) in places())

    # ------------------------------------------------------------------ the whole message

    def people(self) -> Iterator[tuple[int, int]]:
        """The token spans of people, in order."""
        found = [i for i in range(len(self.text)) if i not in self.taken and self.is_person(i)]
        named = {self.low[i] for i in found}
        plain = {w for w in named if w not in word_list("words") and len(w) > 1}
        again = {i for i, w in enumerate(self.low) if i not in self.taken and (
            w in plain or (w in named and self.capital(i) and self.at(i + 1) not in cues()["pronouns"]
                           and self.at(i - 1) not in cues()["not_a_person_after"]))}
        end = 0
        for i in sorted(again.union(found)):
            if i < end:
                continue
            start, end = max(end, self._from(i)), self._until(i + 1)
            yield start, end

    def _from(self, i: int) -> int:
        """Back over an initial or a word that only a name can be: "J. Smith", "Thi Mai"."""
        if i and self.kinds[i - 1] == "unknown" and self.capital(i) and self.capital(i - 1):
            return i - 1
        for size in (2, 1):
            if i >= size and self._is_initial(i - size) and (size == 1 or self.at(i - 1) == "."):
                return i - size
        return i

    def _until(self, i: int) -> int:
        """On over the rest of a name: surnames, second names, an initial."""
        while i < len(self.text) and i not in self.taken:
            low, after = self.low[i], self.at(i + 1)
            stops = any(low in cues()[cue] for cue in ("person_verbs", "pronouns", "kept")) or (
                (low in places() or not self.kinds[i]) and after in cues()["not_a_person_before"]) or (
                not self.kinds[i] and low in cues()["not_a_person_before"])
            more = self.kinds[i] == "known" or (self.kinds[i] == "surname" and self.shouts) or (
                self.capital(i) and not stops and not self.titles and len(low) > 2) or (self._is_initial(i) and after in ".,\n)") or (
                self.low[i] == "." and self._is_initial(i - 1) and (self.capital(i + 1) if i + 1 < len(self.text) else False)) or (
                self.kinds[i] == "double" and self._kind_at(i + 1) == "known")
            if not more:
                return i
            i += 1
        return i
