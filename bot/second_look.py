"""The second safety layer: a linear classifier over sentence embeddings that may only raise what the screen found.

The screen in safeguarding.py is pure and comes first; it knows phrases. This layer knows what messages about danger are
like in general, and finds "she has been giving her things away". It lives in the action server, beside the encoder;
when that is down, the screen alone decides. How it is trained: second_look_training.py.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np

from bot.concern import Concern
from knowledge_base.encoder import sha256

URGENT = ("crisis", "safeguarding")
TONES = ("calm", "distress", "frustration")
TONE_SURE = 0.55  # probability from which the tone of a message is called distress or frustration


@dataclass(frozen=True)
class SecondLook:
    """Two linear classifiers over a unit vector: urgent or not, and the tone."""

    urgent_coef: np.ndarray
    urgent_bias: float
    threshold: float
    tone_coef: np.ndarray
    tone_bias: np.ndarray

    def look(self, vector: np.ndarray) -> Concern | None:
        """What this layer finds in a message."""
        if 1 / (1 + np.exp(-(self.urgent_coef @ vector + self.urgent_bias))) >= self.threshold:
            return Concern("crisis", "second-look")
        raw = np.exp(self.tone_coef @ vector + self.tone_bias)
        tone = raw / raw.sum()
        best = int(tone.argmax())
        return Concern(TONES[best], "second-look") if TONES[best] != "calm" and tone[best] >= TONE_SURE else None


def raised(first: Concern | None, second: Concern | None) -> Concern | None:
    """The graver of two findings; of two alike, the screen's own, which says more."""
    order = (None, "frustration", "distress", "safeguarding", "crisis")
    return max(first, second, key=lambda c: order.index(c.level if c else None))


def save(look: SecondLook, folder: Path, made_from: str, figures: dict) -> None:
    """Write the weights, and a manifest with their checksum."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / "second_look.npz", **vars(look))
    (folder / "manifest.json").write_text(json.dumps(
        {"made_from": made_from, "sha256": sha256(folder / "second_look.npz"), "figures": figures}, indent=1))


def load(folder: Path) -> SecondLook | None:
    """The classifier, or None when it is missing or was changed: the screen then stands alone."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        if sha256(folder / "second_look.npz") != manifest["sha256"]:
            return None
        with np.load(folder / "second_look.npz", allow_pickle=False) as w:
            return SecondLook(w["urgent_coef"], float(w["urgent_bias"]), float(w["threshold"]), w["tone_coef"], w["tone_bias"])
    except (OSError, ValueError, KeyError):
        return None


class SecondLookClient:
    """Asks the action server; any failure means that it had nothing to say."""

    def __init__(self, url: str, budget: float = 1.0):
        self._http = httpx.Client(base_url=url, timeout=budget)

    def look(self, text: str) -> Concern | None:
        try:
            found = self._http.post("/look", json={"text": text}).raise_for_status().json()
            return Concern(**found) if found else None
        except (httpx.HTTPError, ValueError, TypeError):
            return None
