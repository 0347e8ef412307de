"""One message as the components read it: its words, in lower case too, and what their capitals say."""

from spacy.tokens import Doc

_STOPS = frozenset(".!?\n;•")


class Reading:
    """The tokens of a message by number. Before its beginning and after its end stands a line break."""

    def __init__(self, doc: Doc):
        self.text = [t.text for t in doc]
        self.low = [t.lower().replace("’", "'") for t in self.text]
        words = [t for t in self.text if t[0].isalpha() and len(t) > 2]
        self.shouts = sum(map(str.isupper, words)) > 0.6 * len(words)  # all in capitals
        self.titles = len(words) > 4 and sum(map(str.istitle, words)) > 0.7 * len(words)  # Every Word With One

    def at(self, i: int) -> str:
        return self.low[i] if 0 <= i < len(self.low) else "\n"

    def capital(self, i: int) -> bool:
        """Whether a word has a capital that says something: not the whole message has, and it is no abbreviation."""
        text = self.text[i]
        return not self.shouts and text[0].isupper() and (len(text) == 1 or not text.isupper() or "-" in text)

    def opens(self, i: int) -> bool:
        """Whether a word begins a sentence."""
        return self.at(i - 1) in _STOPS or self.at(i - 1) in "\"“'"
