"""Every route of the console, for nobody, for an adviser of another service, and for one of the case's own."""

import pytest
from starlette.routing import Mount

from channels.console import routes

CASE = "/console/case/{ref}"
# route: (no session, adviser of another service, own adviser). 303 without a session is the way to the sign-in page.
TABLE = {
    "GET /console/sign-in": (200, 200, 200),
    "POST /console/sign-in": (401, 401, 401),
    "POST /console/sign-out": (303, 303, 303),
    "GET /console": (303, 200, 200),
    "GET /console/queue.json": (303, 200, 200),
    "GET /console/find": (303, 404, 303),
    f"GET {CASE}": (303, 404, 200),
    f"GET {CASE}/live.json": (303, 404, 200),
    f"POST {CASE}/claim": (303, 404, 303),
    f"POST {CASE}/take-over": (303, 404, 303),
    f"POST {CASE}/reply": (303, 404, 303),
    f"POST {CASE}/note": (303, 404, 303),
    f"POST {CASE}/release": (303, 404, 303),
    f"POST {CASE}/close": (303, 404, 303),
    "GET /console/unanswered": (303, 200, 200),
    "GET /console/unanswered.csv": (303, 200, 200),
    "GET /console/static/console.css": (200, 200, 200),  # styles and scripts: nothing of anybody
}
PUBLIC = {"GET /console/sign-in", "POST /console/sign-in", "GET /console/static/console.css"}
FORM = {"reply": "Hello", "note": "A note", "reason": "Off shift", "ending": "All said", "outcome": "answered", "ref": "x"}


def every_route() -> set[str]:
    return {
        f"{method} {route.path}" if not isinstance(route, Mount) else f"GET {route.path}/console.css"
        for route in routes() for method in (getattr(route, "methods", None) or {"GET"}) if method != "HEAD"
    }


def test_every_route_is_in_the_table():
    assert every_route() == set(TABLE), "A console route is new or gone: say in TABLE who may use it."


@pytest.mark.parametrize("who", [None, "cat", "ana"])
@pytest.mark.parametrize("route", TABLE)
def test_who_may_use_a_route(route, who, browser, family, store, people):
    method, path = route.split(" ", 1)
    if path.endswith(("/reply", "/release", "/close")):
        store.cases.claim(people["ana"], family.ref, "joined")
    if path.endswith("/take-over"):
        store.cases.claim(people["ben"], family.ref, "joined")
    before = family.lines
    client, expected = browser(who), TABLE[route][(None, "cat", "ana").index(who)]
    url = path.format(ref=family.ref) + (f"?ref={family.ref}" if path.endswith("/find") else "")
    answer = client.request(method, url, data=FORM if method == "POST" else None)
    assert answer.status_code == expected
    if who is None and route not in PUBLIC:
        assert answer.headers["location"].startswith("/console/sign-in")
    if who != "ana":
        assert family.lines == before and "please can I talk" not in answer.text


@pytest.mark.parametrize("route", sorted(set(TABLE) - PUBLIC))
def test_a_script_without_a_session_gets_401(route, browser, family):
    method, path = route.split(" ", 1)
    answer = browser().request(method, path.format(ref=family.ref), headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["error"].startswith("You have been signed out.")


def test_another_services_case_reads_as_one_that_does_not_exist(browser, family):
    cat = browser("cat")
    theirs, nothing = cat.get(f"/console/case/{family.ref}"), cat.get("/console/case/SL-ZZZZZZ")
    assert (theirs.status_code, theirs.text) == (nothing.status_code, nothing.text)


def test_every_page_with_a_story_stays_out_of_caches(browser, family):
    ana = browser("ana")
    for path in ("/console", f"/console/case/{family.ref}", f"/console/case/{family.ref}/live.json"):
        assert ana.get(path).headers["cache-control"] == "no-store"
