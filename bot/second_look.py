"""The second safety layer: reads the encoder's view of a message, and may only raise what the screen found.

The screen in safeguarding.py is pure and comes first; it knows phrases. This layer knows what messages about danger are
like in general, and finds "she has been giving her things away". The same reading says how far the story is one for a
person, and whether it is a question for us at all. It lives in the action server, with an encoder tuned for it alone; when
that is down, the screen alone decides. Its weights are learnt by `make tune` (tuning/reader.py) and checked before they are
loaded.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np

from bot.concern import Concern
from knowledge_base.encoder import sha256
from knowledge_base.scope import NATION, OTHER, doors
from knowledge_base.tuned import FOLDER, SECOND_LOOK

URGENT = ("crisis", "safeguarding")
LEVELS = ("calm", "frustration", "distress", "safeguarding", "crisis")
INSIDE = "inside"  # the door of a question for us
SAME_KIND = 0.8  # share of the likelihood outside that the doors of talk, or those of trouble, must have before one of them is shown
# A message has one of LEVELS, and belongs behind one door; PERSON stands alone: does its story need one?
PERSON = len(LEVELS)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


@dataclass(frozen=True)
class Look:
    """What a look at one message found: a concern, if any, whether its story needs a person, and the door where it belongs.

    `door` is empty for a question for us.
    """

    concern: Concern | None = None
    needs_person: bool = False
    door: str = ""


@dataclass(frozen=True)
class SecondLook:
    """Learnt ways of reading a message (queries) and a linear verdict over what each saw; thresholds from kept-back messages.

    The verdict has one row a level, one for PERSON, then one a door.
    """

    queries: np.ndarray
    weight: np.ndarray
    bias: np.ndarray
    doors: tuple[str, ...]
    urgent: float
    person: float
    outside: float
    abroad: float  # a threshold of its own for NATION: schools and towns that it does not know look foreign to it

    def scores(self, tokens: np.ndarray) -> np.ndarray:
        """One score a row of the verdict for a message's token vectors (length, width)."""
        near = softmax((tokens @ self.queries.T).T)
        seen = np.concatenate([tokens.mean(axis=0), (near @ tokens).ravel()])
        return self.weight @ seen + self.bias

    def look(self, tokens: np.ndarray) -> Look:
        """What this layer finds in a message."""
        scores = self.scores(tokens)
        level = dict(zip(LEVELS, softmax(scores[:PERSON]), strict=True))
        needs = bool(1 / (1 + np.exp(-scores[PERSON])) >= self.person)
        if sum(level[name] for name in URGENT) >= self.urgent:
            return Look(Concern(max(URGENT, key=level.get), "second-look"), needs)
        likeliest = max(("calm", "frustration", "distress"), key=level.get)
        concern = None if likeliest == "calm" else Concern(likeliest, "second-look")
        return Look(concern, needs, self._door(softmax(scores[PERSON + 1:])))

    def _door(self, likely: np.ndarray) -> str:
        """The likeliest door but ours, when the message seems none for us.

        OTHER when no door has more than half of the likelihood, or when it may as well be trouble as mere talk.
        """
        outside = {name: share for name, share in zip(self.doors, likely, strict=True) if name != INSIDE}
        if outside.get(NATION, 0) < self.abroad:
            outside.pop(NATION, None)
        if (total := sum(outside.values())) < self.outside:
            return ""
        best = max(outside, key=outside.get)
        talk = {door.id for door in doors() if door.is_talk}
        alike = sum(share for name, share in outside.items() if (name in talk) is (best in talk))
        return best if outside[best] > total / 2 and alike > SAME_KIND * total else OTHER


def raised(first: Concern | None, second: Concern | None) -> Concern | None:
    """The graver of two findings; of two alike, the screen's own, which says more."""
    order = (None, "frustration", "distress", "safeguarding", "crisis")
    return max(first, second, key=lambda c: order.index(c.level if c else None))


def load(folder: Path = FOLDER) -> SecondLook | None:
    """The layer, or None when it is missing or was changed: the screen then stands alone."""
    from safetensors.numpy import load_file

    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if sha256(folder / SECOND_LOOK) != manifest["sha256"][SECOND_LOOK]:
            return None
        kept = load_file(folder / SECOND_LOOK)
        return SecondLook(kept["queries"], kept["weight"], kept["bias"], tuple(manifest["doors"]), **manifest["thresholds"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


class SecondLookClient:
    """Asks the action server; any failure means that it had nothing to say."""

    def __init__(self, url: str, budget: float = 1.0):
        self._http = httpx.Client(base_url=url, timeout=budget)

    def look(self, text: str) -> Look:
        try:
            found = self._http.post("/look", json={"text": text}).raise_for_status().json()
            return Look(Concern(**found["concern"]) if found["concern"] else None, bool(found["needs_person"]), str(found["door"]))
        except (httpx.HTTPError, ValueError, TypeError, KeyError):
            return Look()
