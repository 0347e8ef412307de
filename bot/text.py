"""What a parent typed, made safe to keep and to pass on. Done once, at the door."""

import re
import unicodedata

LIMIT = 4000  # characters; a longer message would hold everybody else up in the engine

_TAGS = re.compile("[\U000e0000-\U000e007f]")
# Zero-width and direction marks hide words from people and from the safety screen. The joiners U+200C and U+200D
# stay out too: no language we answer needs them, and an emoji without its joiner is still an emoji.
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ORDER = re.compile(r"^[\s/]+")  # any blank between two slashes is stripped by Rasa too, and then the second one counts


def normalise(text: str) -> str:
    """Text in NFC without controls, hidden marks, tag characters or lone surrogates, at most LIMIT characters.

    A leading "/" is dropped: Rasa would read "/handoff{...}" as an order.
    """
    text = _HIDDEN.sub("", _TAGS.sub("", text.encode("utf-8", "ignore").decode("utf-8")))
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    text = "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else " " for c in text)
    return _ORDER.sub("", text)[:LIMIT].strip()
