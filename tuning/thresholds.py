"""From which score on the second look speaks: chosen on messages that were kept back from tuning."""

import numpy as np

from bot.second_look import INSIDE, LEVELS, NATION, PERSON, URGENT, softmax
from tuning.samples import Labelled

# Shares of messages without danger that may be raised to urgent. The ordinary questions hold some that are disclosures
# ("they lock the door of the reset room with my child inside"), so fewer real ones are raised than this.
MAY_BE_RAISED = {"ordinary": 0.005, "calm": 0.03, "frustration": 0.05}
PLAIN_OFFERED = 0.001  # share of ordinary questions for which a person may be proposed; the plain signs of complexity.yaml come first
TURNED_AWAY = 0.016  # share of questions for us that may seem to belong elsewhere; of two in three search is sure, and it wins
TAKEN_ABROAD = 0.001  # share of all messages from England, ours or not, that may seem to come from another nation


def choose(messages: list[Labelled], scores: np.ndarray, doors: tuple[str, ...]) -> tuple[dict[str, float], dict[str, float]]:
    """The lowest thresholds that keep every share, and what they give on the same kept-back messages."""
    urgent = softmax(scores[:, :PERSON])[:, [LEVELS.index(level) for level in URGENT]].sum(axis=1)
    person = 1 / (1 + np.exp(-scores[:, PERSON]))
    level = np.array([m.level or "" for m in messages])
    needs = np.array([np.nan if m.needs_person is None else float(m.needs_person) for m in messages])
    ours, others = (np.array([m.door is not None and (m.door == INSIDE) is inside for m in messages]) for inside in (True, False))
    ordinary = ours & (level == "calm") & (needs == 0)  # entries' questions
    frightening = (level == "calm") & np.array([m.about_safety for m in messages])
    kinds = {"ordinary": ordinary, "calm": frightening, "frustration": level == "frustration"}
    raised = max(float(np.quantile(urgent[kinds[kind]], 1 - share)) for kind, share in MAY_BE_RAISED.items())
    offered = float(np.quantile(person[ordinary], 1 - PLAIN_OFFERED))
    danger, hard = np.isin(level, URGENT), level == ""
    behind = softmax(scores[:, PERSON + 1:])
    nation, from_abroad = behind[:, doors.index(NATION)], np.array([m.door == NATION for m in messages])
    abroad = float(np.quantile(nation[(ours | others) & ~from_abroad], 1 - TAKEN_ABROAD))
    outside = 1 - behind[:, doors.index(INSIDE)]
    away = float(np.quantile(outside[ours & ordinary], 1 - TURNED_AWAY))
    said = {"messages kept back": len(messages), "danger found": _share(urgent[danger] >= raised)}
    said |= {f"raised, {kind}": _share(urgent[rows] >= raised) for kind, rows in {**kinds, "distress": level == "distress"}.items()}
    if hard.any():
        said |= {"person where needed": _share(person[hard & (needs == 1)] >= offered),
                 "person needlessly, hard ones": _share(person[hard & (needs == 0)] >= offered)}
    said |= {"outside found": _share(outside[others] >= away), "turned away, hard ones": _share(outside[ours & ~ordinary] >= away)}
    said |= {"abroad found": _share(nation[from_abroad] >= abroad)}
    return {"urgent": min(round(raised, 4), 0.99), "person": round(offered, 6), "outside": min(round(away, 4), 0.99),
            "abroad": min(round(abroad, 4), 0.99)}, said


def _share(hits: np.ndarray) -> float:
    return round(float(hits.mean()), 3) if len(hits) else float("nan")
