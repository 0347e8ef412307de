"""The second safety layer: a linear classifier over sentence embeddings that may only raise what the screen found.

The screen in safeguarding.py is pure and comes first; it knows phrases. This layer knows what messages about danger are
like in general, and finds "she has been giving her things away". It lives in the action server, beside the encoder;
when that is down, the screen alone decides. Trained by the project on the messages in data/safety/.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from bot.concern import Concern
from knowledge_base.encoder import Encoder, sha256
from knowledge_base.entry import Entry

DATA = Path(__file__).parent.parent / "data" / "safety"
URGENT = ("crisis", "safeguarding")
TONES = ("calm", "distress", "frustration")
FALSE_ALARMS = 0.004  # share of ordinary questions that may be raised to urgent
MOST = 0.6  # the threshold is never put higher: an implied crisis must have a chance to be seen
TONE_SURE = 0.55  # probability from which the tone of a message is called distress or frustration
ORDINARY = 0.15  # weight of an ordinary question in training: there are many, and they are all alike


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


def messages() -> str:
    """The labelled messages, as JSON Lines."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*.jsonl")))


def learn(encoder: Encoder, entries: dict[str, Entry]) -> tuple[SecondLook, dict]:
    """The classifier, and figures from cross-validation on its own data."""
    rows = [json.loads(line) for line in messages().splitlines() if line.strip()]
    plain = [q for e in entries.values() for q in e.questions]
    vectors = encoder.encode([r["text"] if "text" in r else r["turns"][-1] for r in rows] + plain)
    level = np.array([r["level"] for r in rows] + ["calm"] * len(plain))
    ours = np.arange(len(level)) < len(rows)
    weight = np.where(ours, 1.0, ORDINARY)
    urgent = np.isin(level, URGENT)
    model = LogisticRegression(C=8, max_iter=500)
    unseen = cross_val_predict(model, vectors, urgent, cv=5, method="predict_proba", params={"sample_weight": weight})[:, 1]
    threshold = float(min(np.quantile(unseen[~ours], 1 - FALSE_ALARMS), MOST))
    model.fit(vectors, urgent, sample_weight=weight)
    quiet = ours & ~urgent
    tone = LogisticRegression(C=8, max_iter=500).fit(vectors[quiet], level[quiet])
    assert tuple(tone.classes_) == TONES
    figures = {
        "messages": len(rows), "threshold": round(threshold, 3),
        "urgent found, cross-validated": round(float((unseen[ours & urgent] >= threshold).mean()), 3),
        "ordinary questions raised": round(float((unseen[~ours] >= threshold).mean()), 4),
    }
    look = SecondLook(model.coef_[0].astype(np.float32), float(model.intercept_[0]), threshold,
                      tone.coef_.astype(np.float32), tone.intercept_.astype(np.float32))
    return look, figures


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
