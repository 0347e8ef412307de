"""Words as this field writes them: "Ellie-Mae" and "can't" are one, the 's of "Jack's" stands alone."""

import regex
from spacy.tokens import Doc
from spacy.vocab import Vocab

_TOKEN = regex.compile(r"['’]s\b|[^\W\d_]+(?:['’-](?!s\b)[^\W\d_]+)*+|\d++|\n|[^\S\n]++|\S")


class Words:
    """A spaCy tokenizer."""

    def __init__(self, vocab: Vocab):
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        pieces = _TOKEN.findall(text)
        words: list[str] = []
        spaces: list[bool] = []
        for piece in pieces:
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)
