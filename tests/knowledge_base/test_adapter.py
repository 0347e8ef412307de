"""The map that turns a general sense of likeness into this field's."""

import numpy as np
import torch

from knowledge_base import adapter
from knowledge_base.adapter import adapt, learn_adapter


def unit(rows):
    rows = np.array(rows, np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_an_empty_map_changes_nothing_and_vectors_stay_unit():
    vectors = unit([[1, 2, 3, 4], [4, 3, 2, 1]])
    assert np.allclose(adapt(vectors, np.zeros((4, 4))), vectors)
    assert np.allclose(np.linalg.norm(adapt(vectors, np.eye(4)[::-1] * 0.3), axis=1), 1)


def test_questions_of_one_entry_come_nearer_to_each_other_than_to_others(monkeypatch):
    monkeypatch.setattr(adapter, "STEPS", 60)
    monkeypatch.setattr(adapter, "RATE", 0.03)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    rng = np.random.default_rng(1)
    of = np.repeat(np.arange(4), 6)
    told_apart = np.eye(8)[:4][of] * 0.4  # a weak sign of the entry, under much noise
    questions = unit(told_apart + rng.normal(0, 0.4, (24, 8)) * np.array([0.5] * 4 + [1.5] * 4))
    moved = adapt(questions, learn_adapter(questions, of, questions, of))
    torch.set_num_threads(before)

    def contrast(vectors):
        likeness, same = vectors @ vectors.T, of[:, None] == of[None, :]
        return likeness[same].mean() - likeness[~same].mean()

    assert contrast(moved) > contrast(questions) + 0.05
