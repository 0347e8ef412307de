"""Search as the knowledge base grows: what the made-up part is like, and how the figures are put."""

from dataclasses import replace

import faiss
import numpy as np
import pytest

from bench.growth import HEADINGS, Row, grown, jumbled, noisy, recall, verdict
from bench.measure import Times
from knowledge_base.calibrate import Thresholds
from knowledge_base.index import Index, layout_of, spelling_of
from knowledge_base.lexical import Lexical
from knowledge_base.passages import Passage

PASSAGES = [
    Passage("bus", "title", "free school bus"), Passage("bus", "question", "who gets it"), Passage("plan", "question", "how to ask for it")]
TIMES = Times((1.0, 2.0, 3.0))


@pytest.fixture
def random():
    return np.random.default_rng(0)


@pytest.fixture
def index():
    vectors = faiss.IndexFlatIP(8)
    vectors.add(np.eye(8, dtype=np.float32)[:3])
    layout = layout_of(PASSAGES, np.array([4, 5]), ["bus", "plan"])
    return Index(PASSAGES, spelling_of(PASSAGES), vectors, Lexical([p.text for p in PASSAGES]), layout, None, Thresholds(), ["bus", "plan"])


def test_a_grown_index_has_exactly_so_many_passages_and_copies_are_entries_of_their_own(index, random):
    big = grown(index, 8, random)
    assert (len(big.passages), big.vectors.ntotal, len(big.lexical.scores("bus"))) == (8, 8, 8)
    assert big.layout.entry_of.tolist() == [0, 0, 1, 2, 2, 3, 4, 4] and big.layout.size == 5
    assert big.layout.topic_of.tolist() == [4, 5, 4, 5, 4] and big.entry_ids == ["bus#0", "plan#0", "bus#1", "plan#1", "bus#2"]
    assert big.layout.kind_of.tolist() == [0, 1, 1, 0, 1, 1, 0, 1]


def test_a_small_index_is_the_first_passages_and_their_entries(index, random):
    small = grown(index, 2, random)
    assert (small.passages, small.layout.size, small.entry_ids) == (PASSAGES[:2], 1, ["bus#0"])


def test_made_up_vectors_are_unit_vectors_near_real_ones(random):
    real = random.standard_normal((50, 384)).astype(np.float32)
    real /= np.linalg.norm(real, axis=1, keepdims=True)
    near = noisy(real, random)
    assert np.allclose(np.linalg.norm(near, axis=1), 1, atol=1e-5)
    assert 0.75 < np.sum(near * real, axis=1).mean() < 0.85


def test_made_up_texts_keep_their_lengths_and_use_real_words_only(random):
    made = jumbled(PASSAGES, random)
    assert [len(p.text.split()) for p in made] == [3, 3, 5]
    assert {w for p in made for w in p.text.split()} <= {w for p in PASSAGES for w in p.text.split()}


def test_recall_is_the_share_of_the_wanted_that_were_found():
    assert recall(np.array([[1, 2], [3, 9]]), np.array([[2, 1], [3, 4]])) == 0.75


def test_the_verdict_is_at_five_thousand_passages():
    row = Row(5_000, *[TIMES] * 8, recall=0.9, made=1)
    slow = replace(row, line=Times((30.0, 30.0)))
    assert len(row.cells()) == len(HEADINGS)
    assert verdict([row]).endswith(", reached.") and verdict([slow]).endswith(", not reached.")
