"""The second look's part of the model: a few learnt ways of reading a message, and a linear verdict on what they saw.

Each way of reading is one query: the tokens nearest to it count most (attention pooling), so that one sentence of danger in
a long story is not averaged away. bot/second_look.py reads the same weights with numpy.
"""

import torch
from torch import nn

QUERIES = 6


class Reader(nn.Module):
    """Token vectors (batch, length, width) to `labels` scores."""

    def __init__(self, labels: int, width: int = 384):
        super().__init__()
        self.queries = nn.Parameter(torch.randn(QUERIES, width) * 0.05)
        self.verdict = nn.Linear(width * (QUERIES + 1), labels)
        self.dropout = nn.Dropout(0.2)

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        near = (tokens @ self.queries.T).masked_fill(mask[..., None] == 0, -1e4).softmax(dim=1)
        seen = torch.einsum("blk,blw->bkw", near, tokens).flatten(1)
        mean = (tokens * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.verdict(self.dropout(torch.cat([mean, seen], dim=1)))

    def weights(self) -> dict[str, torch.Tensor]:
        """What is kept."""
        return {"queries": self.queries.detach().contiguous(), "weight": self.verdict.weight.detach().contiguous(),
                "bias": self.verdict.bias.detach().contiguous()}

    def put_back(self, kept: dict[str, torch.Tensor]) -> None:
        """Go on from weights that were kept."""
        with torch.no_grad():
            for weight, name in ((self.queries, "queries"), (self.verdict.weight, "weight"), (self.verdict.bias, "bias")):
                weight.copy_(kept[name])
