"""What is agreed about the whole, tested so that nobody has to remember it."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from rasa_sdk import Action
from rasa_sdk.forms import FormValidationAction

import actions
from actions.skill import BUDGET
from bot.engine import ORDERS
from bot.processes import Processes
from bot.settings import read_settings

ROOT = Path(__file__).parent.parent
PACKAGES = ("knowledge_base", "bot", "actions", "channels")
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
DOMAIN = {
    name: value for path in sorted((ROOT / "bot/rasa/domain").glob("*.yml")) for name, value in yaml.safe_load(path.read_text()).items()
}
RULES = [rule for path in sorted((ROOT / "data/rules").glob("*.yml")) for rule in yaml.safe_load(path.read_text())["rules"]]
STEPS = [step for rule in RULES for step in rule["steps"]]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def imports(path):
    """Every module that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def imported(path, *prefixes):
    return sorted(m for m in imports(path) if any(m == p or m.startswith(p + ".") for p in prefixes))


# ------------------------------------------------------------------ code


@pytest.mark.parametrize("package, never", [
    ("knowledge_base", ("bot", "actions", "channels")), ("bot", ("actions", "channels")), ("actions", ("channels", "bot.store")),
    ("channels", ("actions",)),
])
def test_imports_run_one_way(package, never):
    wrong = {name_of(path): found for path in sorted((ROOT / package).rglob("*.py")) if (found := imported(path, *never))}
    assert wrong == {}


def test_only_the_store_speaks_to_the_database():
    speak = {name_of(p) for p in MODULES if imported(p, "sqlalchemy", "alembic", "sqlite3", "psycopg")}
    assert {name for name in speak if not name.startswith("bot/store/")} == set()


def test_only_the_engine_knows_how_to_reach_rasa():
    knows = {name_of(p) for p in MODULES if "webhooks/rest" in p.read_text(encoding="utf-8")}
    starts = {name_of(p) for p in MODULES if "5005" in p.read_text(encoding="utf-8")}
    assert knows == {"bot/engine.py"} and starts <= {"bot/settings.py", "bot/processes.py"}


def test_only_the_actions_use_the_sdk_and_only_its_own_environment_rasa_itself():
    assert [name_of(p) for p in MODULES if imported(p, "rasa_sdk") and not name_of(p).startswith("actions/")] == []
    assert [name_of(p) for p in MODULES if imported(p, "rasa") and not name_of(p).startswith("bot/rasa/")] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_read_in_a_way_that_runs_code(path):
    text = path.read_text(encoding="utf-8")
    assert imported(path, "pickle", "joblib", "dill", "shelve", "marshal") == []
    assert not re.search(r"\byaml\.(load|unsafe_load|full_load)\(|\btorch\.load\(|allow_pickle=True", text)
    assert not re.search(r"(?<!\.)\b(eval|exec)\(|shell=True", text)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_too_long_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_no_module_is_named_for_nothing():
    assert [name_of(p) for p in MODULES if p.stem in ("utils", "util", "helpers", "helper", "misc", "common", "manager")] == []


def test_the_top_level_has_the_folders_that_were_asked_for():
    for name in ("pyproject.toml", "bot", "knowledge_base", "actions", "data/nlu", "channels", "tests"):
        assert (ROOT / name).exists(), name


# ------------------------------------------------------------------ budgets


def test_an_action_gives_up_before_the_gateway_and_the_gateway_before_the_lock():
    ours = read_settings({})
    lock = float(Processes(ours).environment()["TICKET_LOCK_LIFETIME"])
    assert BUDGET == ours.action_budget < ours.engine_budget < lock == 60


def test_rasa_is_started_on_loopback_without_its_api_or_telemetry(monkeypatch):
    started = []
    monkeypatch.setattr("bot.processes.trusted_model", lambda home: home / "model.tar.gz")
    monkeypatch.setattr(Processes, "start", lambda self, name, command: started.append([str(c) for c in command]))
    processes = Processes(read_settings({}))
    processes.start_engine()
    assert started[0][started[0].index("-i") + 1] == "127.0.0.1" and "--enable-api" not in started[0] and "--cors" not in started[0]
    environment = processes.environment()
    assert (environment["RASA_TELEMETRY_ENABLED"], environment["SANIC_HOST"], environment["SANIC_WORKERS"]) == ("false", "127.0.0.1", "1")


# ------------------------------------------------------------------ the dialogue


def classes(base=None):
    """Every class of the actions package that Rasa can call, by the name it is called."""
    known = {FormValidationAction}
    stack, found = [Action], {}
    while stack:
        for one in stack.pop().__subclasses__():
            stack.append(one)
            if one.__module__.startswith(f"{actions.__name__}.") and one not in known and one.__name__ != "Skill":
                found[one().name()] = one
    return found


def responses():
    return DOMAIN["responses"]


def test_every_action_of_the_domain_is_written_and_every_written_one_is_in_the_domain():
    assert set(classes()) == set(DOMAIN["actions"])


def test_every_action_that_a_rule_names_exists():
    built_in = {"action_deactivate_loop", "action_listen"}
    known = set(DOMAIN["actions"]) | set(responses()) | set(DOMAIN["forms"]) | built_in
    assert {step["action"] for step in STEPS if "action" in step} - known == set()


def test_every_text_of_the_domain_is_used_and_every_used_one_exists():
    assert {step["action"] for step in STEPS if step.get("action", "").startswith("utter_")} == set(responses())


@pytest.mark.parametrize("name", sorted(DOMAIN["responses"]))
def test_every_text_names_its_route_and_who_wrote_it(name):
    for variant in responses()[name]:
        assert set(variant) == {"custom"}
        assert variant["custom"]["route"] and variant["custom"]["origin"].startswith("wording:") and variant["custom"]["text"].strip()


def test_every_button_of_the_domain_is_one_that_the_engine_knows():
    buttons = [b for variants in responses().values() for v in variants for b in v["custom"].get("buttons", ())]
    assert buttons and {b["do"].split(":")[0] for b in buttons} <= set(ORDERS)


def test_every_intent_leads_somewhere():
    led = {step["intent"] for step in STEPS if "intent" in step}
    assert led - {"nlu_fallback"} == set(DOMAIN["intents"])


def test_every_order_of_a_button_is_an_intent():
    assert {order[1:] for order in ORDERS.values()} <= set(DOMAIN["intents"])


@pytest.mark.parametrize("form", sorted(DOMAIN["forms"]))
def test_inside_a_form_every_intent_has_a_rule(form):
    inside = {s["intent"] for r in RULES if {"active_loop": form} in r.get("condition", ()) for s in r["steps"] if "intent" in s}
    taken_by_the_form = {"area_form": {"give_area"}, "handoff_form": {"affirm", "deny", "stop", "ask_person"}}[form]
    assert set(DOMAIN["intents"]) | {"nlu_fallback"} == inside | taken_by_the_form


def test_a_person_wins_inside_the_area_form():
    rule = next(r for r in RULES if {"active_loop": "area_form"} in r.get("condition", ()) and {"intent": "ask_person"} in r["steps"])
    assert [s.get("action") for s in rule["steps"]] == [None, "action_deactivate_loop", None, "handoff_form", None]


# ------------------------------------------------------------------ training data


def examples(folder):
    found = {}
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in block:
                lines = [line[2:].strip() for line in block["examples"].splitlines() if line.startswith("- ")]
                found.setdefault(block["intent"], []).extend(lines)
    return found


TAUGHT = examples(ROOT / "data/nlu")
HELD_OUT = examples(ROOT / "tests/dialogue")
ONLY_BUTTONS = {"show_entry"}


def test_every_intent_has_at_least_25_examples_and_question_400():
    assert {i: len(TAUGHT.get(i, ())) for i in DOMAIN["intents"] if i not in ONLY_BUTTONS and len(TAUGHT.get(i, ())) < 25} == {}
    assert len(TAUGHT["question"]) >= 400


def test_nothing_is_taught_that_the_domain_does_not_know():
    assert set(TAUGHT) <= set(DOMAIN["intents"]) and set(HELD_OUT) <= set(DOMAIN["intents"])


def test_no_example_teaches_two_intents():
    first, twice = {}, []
    for intent, lines in TAUGHT.items():
        twice += [(line, intent, other) for line in lines if (other := first.setdefault(line.lower(), intent)) != intent]
    assert twice == []


def test_what_is_held_out_was_never_taught():
    taught = {line.lower() for lines in TAUGHT.values() for line in lines}
    assert [line for lines in HELD_OUT.values() for line in lines if line.lower() in taught] == []
