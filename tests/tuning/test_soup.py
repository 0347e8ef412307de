"""The weights of two tunings make one second look."""

import pytest
import torch

from tuning.lora import RANK, cut
from tuning.soup import SHARE, soup

WIDTH, LEVELS = 8, 2  # rows of the verdict before the doors


def a_look(value: float, doors: int) -> dict[str, torch.Tensor]:
    """Weights of one number each, with one change to the encoder of rank one."""
    return {
        "queries": torch.full((2, WIDTH), value), "weight": torch.full((LEVELS + doors, WIDTH), value),
        "bias": torch.full((LEVELS + doors,), value),
        "map.a": torch.full((1, WIDTH), value), "map.b": torch.full((WIDTH, 1), 1.0),
    }


@pytest.fixture
def mean():
    return soup(a_look(1, 3), a_look(3, 2), ("inside", "new", "work"), ("inside", "work"))


def test_what_both_have_is_averaged(mean):
    middle = (1 - SHARE) * 1 + SHARE * 3
    assert mean["queries"].unique().tolist() == [middle]
    assert mean["bias"][:LEVELS].tolist() == [middle] * LEVELS and mean["weight"][-1].unique().tolist() == [middle]


def test_a_door_that_is_new_keeps_its_own_row(mean):
    assert mean["bias"].tolist()[LEVELS:] == [pytest.approx(2), 1, pytest.approx(2)]


def test_two_changes_to_the_encoder_become_the_change_between_them():
    mean = soup(a_look(1, 0), a_look(3, 0), (), ())
    assert torch.allclose(mean["map.b"].float() @ mean["map.a"].float(), torch.full((WIDTH, WIDTH), 2.0), atol=0.01)


def test_a_change_of_higher_rank_is_cut_to_the_nearest():
    torch.manual_seed(0)
    whole = torch.randn(40, 30)
    a, b = cut(whole, RANK)
    assert a.shape == (RANK, 30) and b.shape == (40, RANK)
    left, weight, right = torch.linalg.svd(whole, full_matrices=False)
    assert torch.allclose(b @ a, left[:, :RANK] * weight[:RANK] @ right[:RANK], atol=1e-4)
