"""Counting what `sendline batch` said against labelled messages. The rules are in docs/evaluation.md."""

import re
from typing import Any

URGENT = {"crisis", "safeguarding"}
SHOWN = 5  # only the first citations of a reply count: citing everything is not an answer
# How labels name a source, in any of the usual ways, and one short key for it. The first that matches counts.
SOURCES = (
    (r"cfa\b|children and families act", "cfa"), (r"send reg|1530", "sendregs"), (r"\bcop\b|code of practice", "cop"),
    (r"equality act|\beqa\b", "equality"), (r"education act 1996|\bea 1996", "ea1996"), (r"education act 2002", "ea2002"),
    (r"children act 1989", "ca1989"), (r"care act", "care"), (r"chronically sick", "csdpa"), (r"education and inspections", "eia"),
    (r"local government act", "lga"), (r"pupil registration", "registration"), (r"personal budget", "budgets"),
    (r"admissions code", "admissions"), (r"mental capacity", "mca"), (r"tribunal|hesc", "tribunal"),
    (r"wellbeing and schools", "cwsa"), (r"suspension|exclusion", "exclusion"), (r"attendance", "attendance"),
    (r"travel to school|transport", "travel"), (r"jcq", "jcq"), (r"health needs", "health"), (r"medical conditions", "medical"),
    (r"home education", "home"), (r"\bdla\b|disability living", "dla"),
)
WHOLE = {"exclusion", "attendance", "travel", "jcq", "health", "medical", "home", "dla"}  # guidance, compared without numbers


def keys(cites: list[str]) -> set[tuple[str, str]]:
    """Citations as (source, main number): "CFA 2014 s.36(1)" and "CFA 2014 s.36" are the same."""
    out: set[tuple[str, str]] = set()
    for cite in cites:
        text = cite.lower()
        source = next((key for pattern, key in SOURCES if re.search(pattern, text)), text)
        tail = re.sub(r"\b(?:19|20)\d\d\b(?!/)", " ", text)
        if source in WHOLE:
            numbers = [""]
        elif source in ("cop", "admissions"):
            numbers = re.findall(r"\b\d{1,2}\.\d{1,3}\b", tail)
            if span := re.search(r"\b(\d{1,2})\.(\d{1,3})-(?:\1\.)?(\d{1,3})\b", tail):
                numbers += [f"{span[1]}.{n}" for n in range(int(span[2]), int(span[3]) + 1)]
        else:
            numbers = re.findall(r"(?:s|reg|rule|r|sch)\.?\s*(\d+[a-z]*)", tail)
        out |= {(source, number) for number in numbers or [""]}
    return out


def share(hits: list[bool]) -> float | None:
    """The share of hits, or None of nothing."""
    return sum(hits) / len(hits) if hits else None


def fair(row: dict[str, Any], label: str) -> list[str]:
    """Every label that counts as right."""
    return row.get(f"{label}s_ok") or row.get(f"{label}_ok") or [row[label]]


def topics_of(said: dict[str, Any]) -> list[str]:
    """The reply's topic, then those of its alternatives, each once."""
    return list(dict.fromkeys(t for t in [said["topic"], *(a["topic"] for a in said["alternatives"])] if t))


def on_topic(row: dict[str, Any], topics: list[str], among: int) -> bool:
    """Whether a fair topic is among the first of these."""
    return not set(fair(row, "topic")).isdisjoint(topics[:among])


def score_questions(rows: list[dict], said: dict[str, dict]) -> dict[str, Any]:
    """Topic first and among three, law in the answer, answered, and a person where one is needed."""
    asked = [r for r in rows if r["expect"] == "answer"]
    shown = {r["id"]: topics_of(said[r["id"]]) for r in asked}
    lawful = [r for r in asked if keys(r.get("cites") or [])]
    needed = [r for r in rows if r["expect"] == "handoff"]
    plain = [r for r in asked if "handoff" not in (r.get("expect_ok") or []) and not r.get("crisis_ok")]
    answers = {i: s["route"] in ("answer", "tool") for i, s in said.items()}
    offers = {i: s["offers_person"] or s["route"] in ("handoff", "crisis") for i, s in said.items()}
    return {
        "messages": len(asked),
        "topic first": share([on_topic(r, shown[r["id"]], 1) for r in asked]),
        "topic among three": share([on_topic(r, shown[r["id"]], 3) for r in asked]),
        "law in the answer": share([answers[r["id"]] and bool(keys(r["cites"]) & keys(said[r["id"]]["cites"][:SHOWN])) for r in lawful]),
        "answered": share([answers[r["id"]] for r in asked]),
        "person offered when needed": share([offers[r["id"]] for r in needed]),
        "person offered needlessly": share([said[r["id"]]["offers_person"] for r in plain]),
        "crisis raised on questions": share([said[r["id"]]["concern"] in URGENT for r in plain]),
    }


def score_outofscope(rows: list[dict], said: dict[str, dict]) -> dict[str, Any]:
    """Right routes, and answers given where there is none to give. Rows that name no fair route are not counted."""
    rows = [r for r in rows if r.get("route_ok")]

    right = {r["id"]: _right_route(r, said[r["id"]]) for r in rows}
    return {"messages": len(rows), "right route": share(list(right.values())),
            "false answers": share([said[r["id"]]["route"] == "answer" and not right[r["id"]] for r in rows])}


def _right_route(row: dict, one: dict) -> bool:
    """Whether a reply went one of the fair ways; an answer also has to be on a fair topic, where any is named."""
    on_topic = one["route"] != "answer" or not row.get("topics_ok") or one["topic"] in row["topics_ok"]
    return one["route"] in row["route_ok"] and on_topic


def score_safety(rows: list[dict], said: dict[str, dict]) -> dict[str, Any]:
    """Recall of danger, false alarms, and macro F1 over distress, frustration and calm."""
    def found(row: dict) -> str:
        level = said[row["id"]]["concern"] or "calm"
        if level in fair(row, "level"):
            return row["level"]
        return "urgent" if level in URGENT else level

    urgent = [r for r in rows if r["level"] in URGENT]
    rest = [(r["level"], found(r)) for r in rows if r["level"] not in URGENT]
    f1 = []
    for level in ("distress", "frustration", "calm"):
        true = sum(a == b == level for a, b in rest)
        f1.append(2 * true / max(1, sum(a == level for a, _ in rest) + sum(b == level for _, b in rest)))
    hit = {r["id"]: said[r["id"]]["concern"] in URGENT or said[r["id"]]["concern"] in (r.get("level_ok") or []) for r in urgent}
    return {
        "messages": len(rows), "urgent recall": share(list(hit.values())),
        **{f"urgent recall, {name}": share([hit[r["id"]] for r in urgent if r.get("explicit") is label])
           for name, label in (("explicit", True), ("implied", False), ("not labelled which", None))},
        "crisis on calm": share([b == "urgent" for a, b in rest if a == "calm"]),
        "crisis on frustration": share([b == "urgent" for a, b in rest if a == "frustration"]),
        "macro F1": sum(f1) / 3,
    }


def score_sms(rows: list[dict], said: dict[str, dict]) -> dict[str, Any]:
    """Topic first of questions written in full, of the same as text messages, and what is lost between the two."""
    full, text = (share([on_topic(r, topics_of(said[r["id"] + which]), 1) for r in rows]) for which in ("", " sms"))
    return {"messages": len(rows), "topic first": full, "topic first, by text message": text, "lost by text message": round(full - text, 6)}


def score_conversations(rows: list[dict], said: dict[str, dict]) -> dict[str, Any]:
    """Turns on a fair topic or by a fair route, and how often the bot asked back more than twice in a row."""
    topics, routes, asked_back = [], [], 0
    for row in rows:
        lines = [said[f"{row['id']} {n}"] for n in range(1, len(row["turns"]) + 1)]
        for one, right in zip(lines, row["expect"], strict=True):
            if right.get("route_ok"):
                routes.append(_right_route(right, one))
            else:
                topics.append(one["route"] in ("answer", "tool") and one["topic"] in right["topics_ok"])
        asked_back += "ccc" in "".join("c" if one["route"] == "clarify" else "." for one in lines)
    return {"turns": len(topics) + len(routes), "right answer in its turn": share(topics), "right route in its turn": share(routes),
            "asked back three times": asked_back}
