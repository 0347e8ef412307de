"""Training the second safety layer on the project's own labelled messages, data/safety/*.jsonl.

Two linear classifiers over sentence embeddings: urgent or not, and the tone. Ordinary questions and small talk stand
beside the labelled messages as calm ones, so that neither "someone ring me" nor a question about restraint is an alarm.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from bot.second_look import TONES, URGENT, SecondLook
from knowledge_base.encoder import Encoder
from knowledge_base.entry import Entry
from knowledge_base.passages import kept_back
from knowledge_base.training_messages import small_talk

DATA = Path(__file__).parent.parent / "data" / "safety"
FALSE_ALARMS = 0.004  # share of ordinary messages that may be raised to urgent
MOST = 0.6  # the threshold is never put higher: an implied crisis must have a chance to be seen


def messages() -> str:
    """The labelled messages, as JSON Lines."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*.jsonl")))


def learn(encoder: Encoder, entries: dict[str, Entry]) -> tuple[SecondLook, dict]:
    """The classifier, and figures from cross-validation on its own data."""
    rows = [json.loads(line) for line in messages().splitlines() if line.strip()]
    # A fifth of the questions says as much as all of them and is sooner read.
    plain = [q for e in entries.values() for q in e.questions if kept_back(q)] + small_talk()
    vectors = encoder.encode([r["text"] if "text" in r else r["turns"][-1] for r in rows] + plain)
    level = np.array([r["level"] for r in rows] + ["calm"] * len(plain))
    ours = np.arange(len(level)) < len(rows)
    urgent = np.isin(level, URGENT)
    model = LogisticRegression(C=8, max_iter=500)
    unseen = cross_val_predict(model, vectors, urgent, cv=5, method="predict_proba")[:, 1]
    threshold = float(min(np.quantile(unseen[~ours], 1 - FALSE_ALARMS), MOST))
    model.fit(vectors, urgent)
    quiet = ours & ~urgent
    tone = LogisticRegression(C=8, max_iter=500).fit(vectors[quiet], level[quiet])
    assert tuple(tone.classes_) == TONES
    figures = {
        "messages": len(rows), "threshold": round(threshold, 3),
        "urgent found, cross-validated": round(float((unseen[ours & urgent] >= threshold).mean()), 3),
        "ordinary messages raised": round(float((unseen[~ours] >= threshold).mean()), 4),
    }
    look = SecondLook(model.coef_[0].astype(np.float32), float(model.intercept_[0]), threshold,
                      tone.coef_.astype(np.float32), tone.intercept_.astype(np.float32))
    return look, figures
