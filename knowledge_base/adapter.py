"""A linear map that turns the encoder's general sense of likeness into this field's.

Learnt at every build from the entries' own questions: a question should lie near its entry's other questions and texts,
and far from other entries'. One 384 x 384 matrix; the encoder itself stays as it is. Contrastive loss with the rest of
the batch as negatives (Henderson et al. 2017, "Efficient natural language response suggestion", section 4.4).
"""

import numpy as np
import torch
from torch import nn

STEPS = 500
BATCH = 192
SHARPNESS = 20.0  # cosine times this goes into the softmax
DECAY = 0.01
RATE = 1e-3


def adapt(vectors: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Unit vectors after the map."""
    moved = vectors + vectors @ matrix
    return (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)


def learn_adapter(questions: np.ndarray, question_of: np.ndarray, texts: np.ndarray, text_of: np.ndarray) -> np.ndarray:
    """The matrix, from unit vectors of questions and texts and the number of the entry that each belongs to."""
    rng = np.random.default_rng(0)
    torch.manual_seed(0)
    entries = np.intersect1d(question_of, text_of)
    asks = [np.flatnonzero(question_of == e) for e in entries]
    tells = [np.flatnonzero(text_of == e) for e in entries]
    q, t = torch.from_numpy(questions), torch.from_numpy(texts)
    matrix = nn.Parameter(torch.zeros(questions.shape[1], questions.shape[1]))
    optimiser = torch.optim.Adam([matrix], lr=RATE)
    size = min(BATCH, len(entries))
    target = torch.arange(size)

    def move(x: torch.Tensor) -> torch.Tensor:
        return nn.functional.normalize(x + x @ matrix, dim=1)

    for _ in range(STEPS):
        batch = rng.choice(len(entries), size, replace=False)
        anchor = q[[rng.choice(asks[e]) for e in batch]]
        to_text = rng.random(size) < 0.5
        near = torch.stack([t[rng.choice(tells[e])] if text else q[rng.choice(asks[e])] for e, text in zip(batch, to_text, strict=True)])
        likeness = move(anchor) @ move(near).T * SHARPNESS
        loss = (nn.functional.cross_entropy(likeness, target) + nn.functional.cross_entropy(likeness.T, target)) / 2
        loss = loss + DECAY * (matrix**2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return matrix.detach().numpy()
