"""Signing in and out: one sentence for every wrong pair, sessions that end, tokens that are never stored."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from bot.store.schema import session
from channels.console.session import hash_of
from channels.console.sign_in import TRIES, WINDOW, WRONG, SlowDown, inside

PASSWORD = "a long enough password"  # as in conftest.py


def sign_in(client, username="ana", password=PASSWORD, **more):
    return client.post("/console/sign-in", data={"username": username, "password": password, **more})


def age_session(store, seen: timedelta, created: timedelta = timedelta()):
    at = datetime.now(UTC)
    with store.db.write() as tx:
        tx.execute(update(session).values(
            seen_at=(at - seen).isoformat(timespec="milliseconds"), created_at=(at - created).isoformat(timespec="milliseconds")))


def test_every_wrong_pair_gets_the_same_sentence(browser, store):
    store.advisers.disable("ben")
    for pair in (("ana", "wrong password"), ("nobody", PASSWORD), ("ben", PASSWORD), ("", ""), ("ana", "")):
        answer = sign_in(browser(), *pair)
        assert answer.status_code == 401
        assert WRONG in answer.text and "set-cookie" not in answer.headers


def test_the_cookie_on_ones_own_machine(browser):
    cookie = sign_in(browser()).headers["set-cookie"].lower()
    assert cookie.startswith("sendline-console=") and "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie


def test_the_cookie_over_https(app, people):
    app.state.settings = dataclasses.replace(app.state.settings, public_url="https://advice.example.org")
    answer = sign_in(TestClient(app, base_url="https://advice.example.org", follow_redirects=False))
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-sendline-console=") and "secure" in cookie and "domain" not in cookie


def test_only_the_hash_of_the_token_is_stored(browser, store):
    token = browser("ana").cookies["sendline-console"]
    assert len(token) >= 43  # 256 bits
    with store.db.read() as tx:
        stored = list(tx.execute(select(session.c.token_hash)).scalars())
    assert stored == [hash_of(token)]


def test_a_planted_token_is_never_valid_and_signing_in_makes_a_new_one(browser):
    client = browser()
    client.cookies.set("sendline-console", "planted")
    assert client.get("/console").status_code == 303
    sign_in(client)
    planted = browser()
    planted.cookies.set("sendline-console", "planted")
    assert planted.get("/console").status_code == 303


def test_signing_in_again_ends_the_session_before(browser):
    client = browser("ana")
    old = client.cookies["sendline-console"]
    sign_in(client)
    before = browser()
    before.cookies.set("sendline-console", old)
    assert before.get("/console").status_code == 303
    assert client.get("/console").status_code == 200


def test_signing_out_kills_the_token_at_once(browser):
    client = browser("ana")
    token = client.cookies["sendline-console"]
    assert client.post("/console/sign-out").headers["location"] == "/console/sign-in"
    client.cookies.set("sendline-console", token)
    assert client.get("/console").status_code == 303


def test_a_disabled_adviser_is_out_at_once(browser, store):
    client = browser("ana")
    assert client.get("/console").status_code == 200
    store.advisers.disable("ana")
    assert client.get("/console").status_code == 303


@pytest.mark.parametrize(("seen", "created", "status"), [
    (timedelta(minutes=14), timedelta(hours=1), 200),
    (timedelta(minutes=16), timedelta(hours=1), 303),
    (timedelta(minutes=1), timedelta(hours=10, minutes=1), 303),
])
def test_a_session_ends_after_15_idle_minutes_or_10_hours(browser, store, seen, created, status):
    client = browser("ana")
    age_session(store, seen, created)
    assert client.get("/console").status_code == status


def test_a_page_that_refreshes_itself_does_not_keep_a_session_alive(browser, store):
    client = browser("ana")
    age_session(store, timedelta(minutes=14))
    left = client.get("/console/queue.json", headers={"Sendline-Active": "0"}).json()["left"]
    assert left <= 60
    assert client.get("/console/queue.json", headers={"Sendline-Active": "1"}).json()["left"] > 800


def test_an_address_that_guesses_has_to_wait_even_with_the_right_password(browser):
    client = browser()
    for n in range(TRIES):
        sign_in(client, f"nobody{n}", "wrong")
    answer = sign_in(client)
    assert answer.status_code == 429 and WRONG in answer.text


def test_the_wait_of_an_address_ends():
    at = [0.0]
    slow = SlowDown(lambda: at[0])
    for _ in range(TRIES):
        slow.count("192.0.2.1")
    assert slow.is_resting("192.0.2.1") and not slow.is_resting("192.0.2.2")
    at[0] = WINDOW + 1
    assert not slow.is_resting("192.0.2.1")


def test_after_signing_in_one_goes_where_one_wanted(browser, family):
    asked = browser().get(f"/console/case/{family.ref}")
    assert asked.headers["location"] == f"/console/sign-in?to=/console/case/{family.ref}"
    assert sign_in(browser(), to=f"/console/case/{family.ref}").headers["location"] == f"/console/case/{family.ref}"


@pytest.mark.parametrize("to", [
    "https://evil.example", "//evil.example", "/console/../chat", "/console/case/x\n", "javascript:alert(1)", ""])
def test_signing_in_never_leads_to_another_site(to):
    assert inside(to) == "/console"
