"""The parent's page and the widget in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bot import wording

pytestmark = pytest.mark.browser

ANSWER = "Yes, you can ask for one yourself."
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "\"><script>alert(1)</script>",
    "javascript:alert(1)", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "<iframe srcdoc='<script>alert(1)</script>'>",
    "{{ 7 * 7 }}{% raw %}", "<style>body{display:none}</style>", "<a href=javascript:alert(1)>x</a>", "<math><mtext></form><form><mglyph>",
    "</li></ol><h1>gone</h1>", "&lt;b&gt;", "<!--", "<base href=https://evil.example>",
]


def say(tab, text: str) -> None:
    tab.get_by_label("Your message").fill(text)
    tab.keyboard.press("Enter")


def bubbles(tab) -> list[str]:
    """The words of every bubble but the greeting, without what only a screen reader hears."""
    return tab.locator("#log li.line:not(#hello) > .bubble > .says").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(new_tab, scheme, size):
    tab = new_tab("/chat", viewport=size, color_scheme=scheme, reduced_motion="reduce")
    assert Axe().run(tab).violations_count == 0
    say(tab, "can i ask?")
    tab.get_by_text("More about this").click()
    tab.get_by_text("What the law says").click()
    tab.get_by_role("button", name="Send", exact=True).dispatch_event("click")  # with nothing in the box
    tab.get_by_text("Options").click()
    for path in ("", "/chat?embed=1", "/demo", "/accessibility", "/nowhere"):
        if path:
            tab.goto(path)
        if path == "/demo":
            tab.get_by_role("button", name="Chat with us").click()
        found = Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()


def test_an_answer_shows_who_owes_what_and_the_law_behind_it(tab):
    say(tab, "can i ask?")
    line = tab.locator("#log li.bot").last
    expect(line).to_contain_text(ANSWER)
    expect(line).to_contain_text("The local authority must decide within 6 weeks whether to assess.")
    assert line.locator(".badge").all_inner_texts() == ["MUST (law)", "SHOULD", "MAY"]
    expect(line).to_contain_text("Information, not legal advice. Check dates in your letter.")
    line.get_by_text("What the law says").click()
    law = line.get_by_role("link", name="Children and Families Act 2014, section 36(1)")
    expect(law).to_have_attribute("href", re.compile("^https://www.legislation.gov.uk/"))
    line.get_by_role("button", name="How to ask for an EHC needs assessment").click()
    expect(tab.locator("#log li.parent").last).to_contain_text("How to ask for an EHC needs assessment")
    expect(tab.locator("#log li.bot")).to_have_count(3)


def test_a_reload_loses_and_doubles_nothing(tab):
    """Reloaded in the middle of sending, again and again: each line once, in the order written."""
    for n in range(12):
        say(tab, f"question {n}")
        if n % 4 == 3:
            tab.reload()
    for _ in range(2):
        expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(12, timeout=20000)
        expect(tab.locator("#log li.parent")).to_have_count(12)
        assert tab.locator("#log li.parent .says").all_inner_texts() == [f"question {n}" for n in range(12)]
        tab.reload()


def test_while_the_server_is_away_nothing_is_lost_and_a_retry_doubles_nothing(tab, served):
    say(tab, "before")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)
    served.hang_up()
    say(tab, "while away")
    expect(tab.locator("#errors")).to_be_focused()
    expect(tab.get_by_text("Not sent.")).to_be_visible()
    expect(tab.locator("#connection")).to_contain_text("The connection is lost.")
    served.start()
    tab.get_by_role("button", name="Try again").click()
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(2, timeout=15000)
    expect(tab.locator("#connection")).to_be_hidden()
    assert [text for text in bubbles(tab) if not text.startswith(ANSWER)] == ["before", "while away"]


def test_words_that_were_not_sent_survive_a_reload(tab, served):
    tab.route("**/api/messages", lambda route: route.abort())
    say(tab, "do not lose me")
    expect(tab.get_by_text("Not sent.")).to_be_visible()
    tab.unroute("**/api/messages")
    tab.reload()
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)
    assert bubbles(tab)[0] == "do not lose me"


def test_without_streams_the_page_asks_instead(new_tab):
    tab = new_tab()
    tab.route("**/api/events*", lambda route: route.abort())
    say(tab, "can i ask?")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1, timeout=20000)
    say(tab, "and again?")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(2, timeout=20000)


def test_the_keyboard_alone_is_enough(tab):
    box = tab.get_by_label("Your message")
    box.focus()
    box.type("one")
    tab.keyboard.press("Shift+Enter")
    box.type("two")
    expect(tab.get_by_role("button", name="Send", exact=True)).to_have_attribute("aria-disabled", "false")
    tab.keyboard.press("Enter")
    expect(tab.locator("#log li.parent .says")).to_have_text(re.compile("one\\s*two"))
    expect(box).to_have_value("")
    tab.keyboard.press("Enter")
    expect(tab.locator("#errors")).to_be_focused()
    expect(tab.locator("#errors")).to_contain_text("There is nothing in the box yet")


def test_a_bubble_says_who_speaks_and_news_is_read_out_once(tab, served):
    say(tab, "slowly please")
    expect(tab.get_by_role("status").filter(has_text="Sendline is looking")).to_be_visible()
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)
    assert tab.locator("#log li.parent .bubble").inner_text().startswith("You:")
    assert tab.locator("#log li.bot .bubble").last.inner_text().startswith("Assistant:")
    expect(tab.locator("#live")).to_have_attribute("aria-live", "polite")


def test_an_adviser_joins_and_leaves_in_words_colour_and_name(tab, served):
    tab.get_by_role("button", name="Talk to a person").click()
    tab.get_by_role("button", name="Yes, pass it on").click()
    expect(tab.locator("#log")).to_contain_text("Your reference is SL-")
    store = served.store
    amina = store.advisers.add("amina", "Amina Yusuf", "a long enough password")
    [case] = store.cases.queue(amina)
    store.cases.claim(amina, case.ref, wording.ADVISER_JOINED.format(name=amina.name))
    expect(tab.locator("#speaker")).to_have_text(re.compile("You are talking to Amina Yusuf, an adviser. This is a person."))
    store.cases.reply(amina, case.ref, "Hello, I have read your story.")
    line = tab.locator("#log li.adviser")
    expect(line).to_contain_text("Adviser Amina Yusuf")
    say(tab, "thank you")
    expect(tab.get_by_text("thank you")).to_be_visible()
    store.cases.give_back(amina, case.ref, wording.ADVISER_LEFT.format(name=amina.name), "closed")
    expect(tab.locator("#speaker")).to_be_hidden()
    expect(tab.locator("#log li.system").last).to_contain_text("talking to the assistant again")


def test_a_crisis_gets_numbers_to_tap_whatever_is_down(tab, served):
    say(tab, "my son says he wants to kill himself")
    line = tab.locator("#log li.urgent")
    expect(line.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")
    served.hang_up()
    expect(tab.locator("footer").get_by_role("link", name="Samaritans 116 123")).to_be_visible()


def test_leaving_quickly_shows_nothing_afterwards(tab):
    tab.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    say(tab, "a private thing")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)
    for _ in range(3):
        tab.keyboard.press("Shift")
    expect(tab).to_have_title("Weather")
    tab.go_back()
    assert "a private thing" not in tab.content()
    tab.goto("/chat")
    expect(tab.get_by_text("It is hidden.")).to_be_visible()
    assert "a private thing" not in tab.content()
    tab.get_by_role("button", name="Show my conversation").click()
    expect(tab.get_by_text("a private thing")).to_be_visible()


def test_a_capital_letter_is_not_a_press_of_shift(tab):
    box = tab.get_by_label("Your message")
    box.focus()
    for letter in "SEND":
        tab.keyboard.press(f"Shift+{letter}")
    assert tab.url.endswith("/chat") and box.input_value() == "SEND"


def test_start_again_asks_first(tab):
    say(tab, "a private thing")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)
    for choice, left in (("Keep this conversation", 1), ("Start again", 0)):
        tab.get_by_text("Options").click()
        tab.locator("#forget").get_by_role("button").click()
        tab.get_by_role("dialog").get_by_role("button", name=choice).click()
        expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(left)


def test_session_storage_forgets_with_the_tab(new_tab):
    tab = new_tab("/chat?storage=session")
    say(tab, "a private thing")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)
    assert tab.evaluate("localStorage.length") == 0
    other = tab.context.new_page()
    other.goto("/chat?storage=session")
    assert "a private thing" not in other.content()


def test_payloads_stay_text_wherever_they_stand(tab, served):
    adviser = served.store.advisers.add("eve", "<img src=x onerror=alert(1)>", "a long enough password")
    for payload in PAYLOADS:
        say(tab, f"echo {payload}")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(len(PAYLOADS), timeout=20000)
    tab.get_by_role("button", name="Talk to a person").last.click()
    tab.get_by_role("button", name="Yes, pass it on").click()
    expect(tab.locator("#log")).to_contain_text("Your reference is SL-")
    [case] = served.store.cases.queue(adviser)
    served.store.cases.claim(adviser, case.ref, wording.ADVISER_JOINED.format(name=adviser.name))
    served.store.cases.reply(adviser, case.ref, PAYLOADS[0])
    expect(tab.locator("#log li.adviser")).to_contain_text(PAYLOADS[0])
    for _ in range(2):
        said = bubbles(tab)
        assert [text for text in said if text.startswith("echo ")] == [f"echo {payload}" for payload in PAYLOADS]
        assert tab.locator("#log :is(script, img, iframe, style, h1, base, [onerror], [onload])").count() == 0
        assert tab.locator('#log a[href^="javascript"]').count() == 0
        tab.reload()
        expect(tab.locator("#log li.adviser")).to_have_count(1)
    assert tab.trouble == []


def test_the_form_works_without_javascript(new_tab):
    tab = new_tab("/chat", javascript=False)
    tab.get_by_label("Your message").fill("can <b>I</b> ask?")
    tab.get_by_role("button", name="Send", exact=True).click()
    expect(tab.locator("#log li.parent .says")).to_have_text("can <b>I</b> ask?")
    expect(tab.locator("#log li.bot").last).to_contain_text(ANSWER)
    tab.get_by_role("button", name="Talk to a person").click()
    expect(tab.get_by_role("button", name="Yes, pass it on")).to_be_visible()
    expect(tab.get_by_role("link", name="Look for new replies")).to_be_visible()
    expect(tab.get_by_role("link", name="Leave this page quickly")).to_have_attribute("href", re.compile("^https:"))


def test_words_sent_before_the_script_is_there_are_in_the_conversation_it_shows(new_tab):
    tab = new_tab("/accessibility")
    late = []
    tab.route("**/chat.js?*", lambda route: route.continue_() if late else late.append(route))
    tab.goto("/chat", wait_until="commit")
    tab.get_by_label("Your message").fill("can i ask?")
    tab.get_by_role("button", name="Send", exact=True).click()
    tab.wait_for_timeout(1000)  # a form would be on its way by now
    late[0].continue_()
    tab.wait_for_load_state()
    expect(tab.locator("#log li.parent .says")).to_have_text("can i ask?")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)


def test_on_a_small_screen_the_box_stays_in_sight(new_tab):
    for height in (844, 420, 320):
        tab = new_tab("/chat", viewport={"width": 320, "height": height})
        say(tab, "can i ask?")
        expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)
        box = tab.get_by_label("Your message").bounding_box()
        assert box["y"] + box["height"] <= height and box["x"] + box["width"] <= 320
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth && scrollY === 0")
        assert tab.locator("#scroll").bounding_box()["height"] >= 80


def test_targets_are_large_enough(new_tab):
    tab = new_tab("/chat", viewport=PHONE)
    say(tab, "can i ask?")
    expect(tab.locator("#log li.bot:not(#hello)")).to_have_count(1)
    for target in tab.locator("button, header a, footer a, summary, textarea").all():
        if target.is_visible():
            size = target.bounding_box()
            assert size["width"] >= 24 and size["height"] >= 24, target.inner_text()


# ------------------------------------------------------------------ the widget


def test_the_widget_opens_closes_and_gives_the_focus_back(new_tab):
    tab = new_tab("/demo", viewport=DESK)
    launcher = tab.get_by_role("button", name=re.compile("chat", re.I))
    launcher.focus()
    tab.keyboard.press("Enter")
    chat = tab.frame_locator("iframe")
    expect(tab.get_by_role("dialog")).to_be_visible()
    expect(chat.get_by_label("Your message")).to_be_focused()
    tab.keyboard.type("can i ask?")
    tab.keyboard.press("Enter")
    expect(chat.locator("#log li.bot:not(#hello)")).to_have_count(1)
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()
    expect(launcher).to_be_focused()
    launcher.click()
    chat.get_by_role("button", name="Close the chat").click()
    expect(launcher).to_be_focused()
    assert tab.trouble == []


def test_the_widget_fills_a_phone(new_tab):
    tab = new_tab("/demo", viewport={"width": 400, "height": 700})
    tab.get_by_role("button", name="Chat with us").click()
    assert tab.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 400, "height": 700}


def test_a_host_page_can_speak_to_the_widget(new_tab):
    tab = new_tab("/accessibility")
    tab.evaluate("""() => new Promise((done) => {
        window.sendlineSettings = {launcher: "Ask us", position: "left", storage: "session"};
        window.addEventListener("sendline:ready", done);
        const script = document.createElement("script");
        script.src = "/widget/0.1.0/widget.js";
        document.body.append(script);
    })""")
    launcher = tab.get_by_role("button", name="Ask us: chat")
    assert launcher.bounding_box()["x"] < 100
    tab.evaluate("window.heard = []; for (const event of ['open', 'close']) sendline.on(event, () => heard.push(event)); sendline.open()")
    expect(tab.frame_locator("iframe").get_by_label("Your message")).to_be_visible()
    tab.frame_locator("iframe").get_by_label("Your message").fill("hello")
    tab.frame_locator("iframe").get_by_role("button", name="Send", exact=True).click()
    expect(tab.frame_locator("iframe").locator("#log li.bot:not(#hello)")).to_have_count(1)
    tab.evaluate("sendline.reset()")
    expect(tab.frame_locator("iframe").locator("#log li.bot:not(#hello)")).to_have_count(0)
    tab.evaluate("sendline.close()")
    expect(launcher).to_be_visible()
    assert tab.evaluate("heard") == ["open", "close"]


def test_leaving_quickly_takes_the_host_page_away(new_tab):
    tab = new_tab("/demo")
    tab.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    tab.get_by_role("button", name="Chat with us").click()
    tab.frame_locator("iframe").get_by_role("link", name="Leave this page quickly").click()
    expect(tab).to_have_title("Weather")
