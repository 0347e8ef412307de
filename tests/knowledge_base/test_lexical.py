"""Search by words, beside search by meaning."""

import numpy as np
import pytest

from knowledge_base.lexical import Lexical, tokens


@pytest.mark.parametrize("text, words", [
    ("The schools refused", ["school", "refus"]), ("Section F, week 16", ["section", "f", "week", "16"]), ("don't", ["dont"]),
    ("therapies", ["therapy"]), ("the and of", []),
])
def test_words_lose_their_endings_and_the_commonest_are_left_out(text, words):
    assert tokens(text) == words


def test_a_word_that_only_one_passage_has_finds_it():
    lexical = Lexical(["the annual review", "section F of the plan", "a taxi to school"])
    assert int(np.argmax(lexical.scores("what does section f say"))) == 1


def test_words_that_nobody_knows_score_nothing():
    assert Lexical(["one two", "three four"]).scores("zebra").tolist() == [0, 0]
