"""Low-rank changes to the encoder's linear maps: W + B A, of which only A and B are learnt (Hu et al. 2021, section 4.1)."""

import math

import torch
from torch import nn

from knowledge_base.tuned import linear_maps

RANK = 16


class LowRank(nn.Module):
    """A frozen linear map with a learnt low-rank change beside it."""

    def __init__(self, frozen: nn.Linear):
        super().__init__()
        self.frozen = frozen
        self.a = nn.Parameter(torch.randn(RANK, frozen.in_features) / math.sqrt(frozen.in_features))
        self.b = nn.Parameter(torch.zeros(frozen.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.frozen(x) + (x @ self.a.T) @ self.b.T


def open_up(bert: nn.Module) -> dict[str, LowRank]:
    """Freeze the encoder and put a low-rank change on each of its linear maps; gives them by name."""
    for weight in bert.parameters():
        weight.requires_grad = False
    changes = {}
    for name, owner, part in linear_maps(bert):
        changes[name] = LowRank(getattr(owner, part))
        setattr(owner, part, changes[name])
    return changes


def weights(changes: dict[str, LowRank]) -> dict[str, torch.Tensor]:
    """What is kept: A and B of every change, in half precision."""
    return {f"{name}.{side}": getattr(change, side).detach().half().contiguous() for name, change in changes.items() for side in "ab"}


def put_back(changes: dict[str, LowRank], kept: dict[str, torch.Tensor]) -> None:
    """Start from changes that were kept before."""
    with torch.no_grad():
        for name, change in changes.items():
            change.a.copy_(kept[f"{name}.a"].float())
            change.b.copy_(kept[f"{name}.b"].float())


def cut(whole: torch.Tensor, rank: int) -> tuple[torch.Tensor, torch.Tensor]:
    """A and B whose product is nearest to a whole change."""
    left, weight, right = torch.linalg.svd(whole, full_matrices=False)
    root = weight[:rank].sqrt()
    return root[:, None] * right[:rank], left[:, :rank] * root
