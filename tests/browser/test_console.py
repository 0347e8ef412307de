"""The advisers' console in a real Chromium: what only a browser can show."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playing import Served
from playwright.sync_api import expect, sync_playwright

from bot.conversation import Inbound, Outcome, Reply, Source
from bot.store.cases import new_ref
from bot.unanswered_groups import Group

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PASSWORD = "a long enough password"
RUNS = ("alert(1)", "confirm(2)", "document.title='broken into'")
MARKUP = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg/onload={}>", '"><script>{}</script>', "'><img src=x onerror={}>",
    "<iframe srcdoc='<script>{}</script>'></iframe>", "<a href=javascript:{}>x</a>", "<details open ontoggle={}>",
    "</textarea><script>{}</script>", "<body onload={}>", "<input autofocus onfocus={}>", "{{{{7*7}}}}<script>{}</script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror={}>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>", "&lt;script&gt;{}&lt;/script&gt;", "<style>@import'javascript:{}';</style>",
)
PAYLOADS = [markup.format(run) for markup in MARKUP for run in RUNS]


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A Sendline with two advisers."""
    running = Served(tmp_path_factory.mktemp("console"), messages_per_minute="0", messages_per_address="0")
    running.store.advisers.add("ana", "Ana Price", PASSWORD)
    running.store.advisers.add("ben", "Ben Okoro", PASSWORD)
    yield running
    running.stop()


@pytest.fixture
def desk(chromium, served):
    """`desk("ana", path)`: a page on which this adviser is signed in. Nothing may go wrong in any console unseen."""
    contexts, wrong = [], []

    def open_page(username: str, path: str = "/console", **options):
        context = chromium.new_context(base_url=served.url, **{"viewport": {"width": 1280, "height": 720}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
        page.on("dialog", lambda dialog: (wrong.append(dialog.message) if dialog.type != "beforeunload" else None, dialog.accept()))
        page.goto("/console/sign-in")
        page.fill("#username", username)
        page.fill("#password", PASSWORD)
        page.click("button")
        page.wait_for_url("**/console")
        if path != "/console":
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


class Family:
    """A parent who waits for a person."""

    def __init__(self, store, words: str = "please can I talk to somebody", risk: int = 1):
        self.store, self.ref = store, new_ref()
        self.id = store.conversations.start("default", "web").id
        self.url, self.count = f"/console/case/{self.ref}", 0
        source = Source("CFA 2014 s.36(1)", "Children and Families Act 2014", "act", "https://www.legislation.gov.uk/ukpga/2014/6/section/36")
        self.says("who can ask", Outcome("answer", (Reply("You can ask.", "entry:ehc-request-who", "More.", (source,)),)))
        wish = {"kind": "handoff", "ref": self.ref, "risk": risk, "reason": "asked for a person", "summary": "Area: Leeds.",
                "consent": True}
        self.says(words, Outcome("handoff", (Reply("You are in the queue.", "wording:case-opened"),), do=(wish,)))

    def says(self, text: str, outcome: Outcome = Outcome("relay")) -> None:  # noqa: B008 - frozen
        self.count += 1
        self.store.turns.receive(Inbound(self.id, "web", f"m{self.count}", text), None, outcome)

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(m.author, m.text) for m in self.store.conversations.transcript(self.id)]


@pytest.fixture
def family(served):
    made = Family(served.store)
    yield made
    end(served.store, made)


def end(store, family: Family) -> None:
    """Close the case, so that the next test finds an empty queue."""
    ana, ben = store.advisers.list()
    case = store.cases.find(ana, family.ref)
    if case.state == "queued":
        store.cases.claim(ana, family.ref, "joined")
    if case.state != "closed":
        store.cases.give_back(ben if case.adviser == ben.id else ana, family.ref, "left", "closed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (390, 844)])
def test_axe_finds_nothing_and_nothing_is_cut_off(desk, family, served, monkeypatch, scheme, size):
    monkeypatch.setattr("channels.console.unanswered.group", lambda questions: [
        Group("can we get a blue badge", 3, ("a blue badge", "can we get a blue badge"), {"below threshold": 3}, "benefits",
              "2026-11-20T10:00:00.000+00:00", "2026-11-23T10:00:00.000+00:00")])
    view = {"viewport": {"width": size[0], "height": size[1]}, "color_scheme": scheme}
    page = desk("ana", family.url, **view)

    def check(name: str) -> None:
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

    check("case")
    page.click("#claim")
    expect(page.locator("#close")).to_be_visible()
    page.fill("#note", "Ring after 3")
    page.click("text=Keep note")
    page.click("#close summary")
    check("own case")
    if size[0] == 1280:
        page.click("#keys-open")
        check("help")
    for path in ("/console", "/console/unanswered", "/console/case/SL-NOBODY"):
        page.goto(path)
        check(path)
    page.click("text=Sign out")
    page.fill("#username", "ana")
    page.fill("#password", "wrong")
    page.click("button")
    check("sign-in")


def test_of_two_who_claim_one_wins_and_the_other_reads_who(desk, family):
    pages = [desk("ana", family.url), desk("ben", family.url)]
    for page in pages:
        page.evaluate("setTimeout(() => document.getElementById('claim').click(), 300)")
    for page in pages:
        expect(page.locator("#claim")).to_be_hidden()
    winners = [page for page in pages if page.locator("#standing").inner_text().startswith("You have this case")]
    assert len(winners) == 1
    loser, name = (pages[1], "Ana Price") if winners[0] is pages[0] else (pages[0], "Ben Okoro")
    expect(loser.locator("#problem")).to_have_text(f"{name} claimed this case first. You can still read it.")
    assert not loser.locator("#reply").is_editable() and winners[0].locator("#reply").is_editable()
    assert sum("has joined" in text for _, text in family.lines) == 1


def test_a_reply_appears_once_however_often_it_is_sent(desk, family):
    page = desk("ana", family.url)
    page.click("#claim")
    expect(page.locator("#reply")).to_be_focused()
    page.fill("#reply", "Hello, I am Ana.")
    page.evaluate("for (let i = 0; i < 5; i++) document.getElementById('reply-form').requestSubmit()")
    expect(page.locator("li.adviser")).to_have_count(1)
    expect(page.locator("#reply")).to_have_value("")
    assert family.lines.count(("adviser", "Hello, I am Ana.")) == 1


def test_a_reply_whose_answer_was_lost_is_sent_again_and_said_once(desk, family):
    page = desk("ana", family.url)
    page.click("#claim")
    page.route("**/reply", lambda route: (route.fetch(), route.abort()), times=1)
    page.fill("#reply", "Are you safe?")
    page.click("text=Send reply")
    expect(page.locator("#reply-form .error")).to_contain_text("Your words are still here")
    expect(page.locator("#reply")).to_have_value("Are you safe?")
    page.click("text=Send reply")
    expect(page.locator("#reply")).to_have_value("")
    assert family.lines.count(("adviser", "Are you safe?")) == 1
    expect(page.locator("li.adviser")).to_have_count(1)


def test_what_a_parent_writes_arrives_while_a_reply_is_half_typed(desk, family):
    page = desk("ana", family.url)
    page.click("#claim")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("I am just writing to")
    family.says("one more thing <b>please</b>")
    expect(page.locator("li.parent").last).to_contain_text("one more thing <b>please</b>")
    expect(page.locator("#reply")).to_have_value("I am just writing to")
    expect(page.locator("#reply")).to_be_focused()


def test_the_queue_refreshes_itself_and_counts_in_the_title(desk, served):
    page = desk("ana")
    expect(page.locator("main h1")).to_have_text("Nobody is waiting")
    page.fill("#find", "half typed")
    calm, crisis = Family(served.store), Family(served.store, risk=3)
    expect(page.locator("a.row")).to_have_count(2)
    assert page.eval_on_selector_all("a.row", "rows => rows.map(r => r.dataset.ref)") == [crisis.ref, calm.ref]
    assert page.title().startswith("(2) Queue")
    expect(page.locator("#find")).to_have_value("half typed")
    end(served.store, calm)
    end(served.store, crisis)
    expect(page.locator("main h1")).to_have_text("Nobody is waiting")
    assert page.title().startswith("Queue")


def test_nothing_that_people_type_runs(desk, served):
    family = Family(served.store, PAYLOADS[0])
    page = desk("ana", family.url)
    page.click("#claim")
    for payload in PAYLOADS:
        family.says(payload)
    expect(page.locator("li.parent")).to_have_count(len(PAYLOADS) + 2)
    for payload in PAYLOADS[::8]:
        page.fill("#reply", payload)
        page.click("text=Send reply")
        expect(page.locator("#reply")).to_have_value("")
        page.fill("#note", payload)
        page.click("text=Keep note")
        expect(page.locator("#note")).to_have_value("")
    page.reload()
    shown = page.locator("li.parent .text").all_inner_texts()
    assert shown[2:] == PAYLOADS
    assert page.locator("#notes script, #notes img, #lines script, #lines img, #lines svg, #lines iframe, .queue img").count() == 0
    page.goto("/console")
    page.wait_for_timeout(300)
    assert "broken into" not in page.title()
    end(served.store, family)


def test_a_note_never_reaches_the_parent(desk, family):
    page, before = desk("ana", family.url), family.lines
    page.fill("#note", "Father must not know the address")
    page.keyboard.press("Control+Enter")
    page.click("text=Keep note")
    expect(page.locator("#notes")).to_contain_text("Father must not know")
    assert family.lines == before


def test_keys_move_claim_write_and_close(desk, family, served):
    first = Family(served.store, risk=3)
    page = desk("ana", family.url)
    expect(page.locator("a.row")).to_have_count(2)
    page.keyboard.press("k")
    expect(page.locator(f"a[data-ref={first.ref}]")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(f"a[data-ref={family.ref}]")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("jkcrne?")
    page.keyboard.press("Enter")
    page.keyboard.type("second line")
    expect(page.locator("#reply")).to_have_value("jkcrne?\nsecond line")
    page.keyboard.press("Control+Enter")
    expect(page.locator("li.adviser .text")).to_have_text("jkcrne?\nsecond line")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#reply")).to_be_focused()
    expect(page.locator("#reply")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("#outcome")).to_be_focused()
    page.select_option("#outcome", "answered")
    page.fill("#ending", "Explained the 6 weeks")
    page.click("text=Close the case")
    page.wait_for_url("**/console")
    assert family.lines[-1][0] == "system"
    end(served.store, first)


def test_single_key_shortcuts_can_be_turned_off_and_stay_off(desk, family):
    page = desk("ana", family.url)
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("c")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    assert page.locator("#claim").is_visible() and not page.locator("#keys").is_visible()
    page.click("#keys-open")
    expect(page.locator("#keys-on")).not_to_be_checked()


def test_a_session_that_ends_says_so_and_keeps_what_is_typed(desk, family):
    page = desk("ana", family.url)
    page.click("#claim")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("A long and careful answer")
    page.context.clear_cookies()
    expect(page.locator("#banner")).to_contain_text("You have been signed out")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reply-form .error")).to_contain_text("signed out")
    expect(page.locator("#reply")).to_have_value("A long and careful answer")


def test_the_whole_way_works_without_javascript(desk, family):
    page = desk("ana", family.url, java_script_enabled=False)
    page.click("text=Claim this case")
    page.fill("#reply", "Hello from a plain form")
    page.click("text=Send reply")
    assert page.locator("li.adviser .text").inner_text() == "Hello from a plain form"
    page.fill("#note", "A plain note")
    page.click("text=Keep note")
    assert "A plain note" in page.locator("#notes").inner_text()
    page.click("#close summary")
    page.select_option("#outcome", "information")
    page.fill("#ending", "Sent the letter")
    page.click("text=Close the case")
    assert page.url.endswith("/console")
    assert "ended their part" in family.lines[-1][1]
