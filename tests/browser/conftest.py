"""Real Chromium, and a Sendline for it to look at."""

import shutil
from collections.abc import Iterator

import pytest
from playing import Served

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once. Skips with a reason where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed: apt-get install chromium, or any other way")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    """The app and a worker of the test's own."""
    running = Served(tmp_path, messages_per_minute="0", messages_per_address="0")
    yield running
    running.stop()


@pytest.fixture
def new_tab(chromium, served):
    """`new_tab("/chat", javascript=True, …)`: a page in a browser profile of its own; `trouble` lists what went wrong in it."""
    contexts = []

    def opened(path: str = "/chat", *, javascript: bool = True, **options):
        context = chromium.new_context(base_url=served.url, java_script_enabled=javascript, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.trouble = []
        page.on("dialog", lambda dialog: (page.trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("console", lambda said: page.trouble.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def tab(new_tab):
    return new_tab()
