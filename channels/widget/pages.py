"""The parent's pages. The chat page works without JavaScript: then its forms post here and it shows the transcript.

With JavaScript the same page speaks to channels/web.py, with a token of its own instead of the cookie.
"""

import base64
import hashlib
import time
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot import wording
from bot.cases import PERSON
from bot.settings import LONDON, new_id
from channels import web
from channels.lines import look
from channels.security import policy
from channels.widget import VERSION
from channels.words import TELEPHONE, blocks, markdown

HERE = Path(__file__).parent
STATIC = HERE / "static"
ELSEWHERE = "https://www.bbc.co.uk/weather"  # where "Leave this page quickly" goes
PATIENCE = 4  # seconds that a page without JavaScript waits for its answer before it is shown
STARTERS = (
    "Can I ask for an EHC needs assessment myself?",
    "The council said no to an assessment. What can I do?",
    "School is not giving the help in the EHC plan",
    "My child has been sent home or excluded from school",
)


def crisis_links() -> list[dict[str, str]]:
    """The crisis line at the foot of every page, from the numbers that the service keeps."""
    short = {"999": "999", "111": "NHS 111 option 2", "85258": "text SHOUT to 85258"}
    lines = wording.CRISIS_NUMBERS
    return [{"text": short.get(line.number, f"{line.name} {line.number}"), "href": TELEPHONE[line.number]} for line in lines]


@lru_cache
def fingerprint() -> str:
    """A short mark of all static files, so that a new version is never mixed with an old one."""
    mark = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        mark.update(path.read_bytes())
    return mark.hexdigest()[:10]


@lru_cache
def integrity() -> str:
    """The hash of the widget that a host page names in its script tag."""
    return "sha384-" + base64.b64encode(hashlib.sha384((STATIC / "widget.js").read_bytes()).digest()).decode()


def clock(at: str) -> str:
    """An instant as the page shows it: 14:05 today, 3 March 14:05 before."""
    then, now = datetime.fromisoformat(at).astimezone(LONDON), datetime.now(LONDON)
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then.day} {then:%B %H:%M}"


@lru_cache
def templates() -> Environment:
    env = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
                      trim_blocks=True, lstrip_blocks=True)
    env.filters |= {"markdown": lambda text: Markup(markdown(text)), "blocks": blocks, "clock": clock}
    env.globals |= {
        "crisis_links": crisis_links, "fingerprint": fingerprint, "elsewhere": ELSEWHERE, "version": VERSION, "person": PERSON,
        "integrity": integrity,
    }
    return env


def page(name: str, code: int = 200, headers: dict[str, str] | None = None, **values: Any) -> HTMLResponse:
    return HTMLResponse(templates().get_template(name).render(**values), code, headers)


def error_page(request: Request, body: dict[str, str], status: int, headers: dict[str, str]) -> Response:
    """A sentence, the crisis numbers where they are needed, and what was written, ready to be sent again."""
    return page("error.html", status, headers, error=body["error"], crisis=body.get("crisis", ""),
                words=getattr(request.state, "words", ""), again=new_id())


# ------------------------------------------------------------------ the chat


def cookie_name(request: Request) -> str:
    return "__Host-sendline" if request.app.state.settings.public_url.startswith("https:") else "sendline"


async def chat(request: Request) -> Response:
    """The chat page; with a cookie it holds the transcript, for a browser without JavaScript."""
    state, embedded = request.app.state, request.query_params.get("embed") == "1"
    lines, status = [], None
    if not embedded and (token := request.cookies.get(cookie_name(request))):
        talk = await run_in_threadpool(state.store.conversations.find_by_token, web.hash_of(token))
        if talk:
            lines, status = await run_in_threadpool(look, state.store, talk.id, 0)
    headers = {"Content-Security-Policy": policy("'self'", *state.settings.sites)}
    return page("chat.html", headers=headers, embedded=embedded, lines=lines, status=status, hello=wording.HELLO, starters=STARTERS,
                ids=(new_id(), new_id()))


async def post_chat(request: Request) -> Response:
    """A form sent without JavaScript: keep it, give the answer a moment, show the page."""
    form = await request.form(max_files=0, max_fields=4)
    sent = web.Sent.read({name: form.get(name) for name in ("id", "text", "button")})
    request.state.words = sent.text
    token, fresh = request.cookies.get(cookie_name(request), ""), False
    try:
        talk = await web.open_with(request, token)
    except HTTPException:
        token, fresh = await web.begin(request, sent.text), True
        talk = await web.open_with(request, token)
    await web.accept(request, token, sent)
    with request.app.state.feed.watch(talk.id) as watch:
        until = time.monotonic() + PATIENCE
        while await run_in_threadpool(request.app.state.store.turns.is_waiting, talk.id) and time.monotonic() < until:
            await watch.changed(1)
    answer = RedirectResponse("/chat#latest", 303)
    if fresh:
        secure = request.app.state.settings.public_url.startswith("https:")
        answer.set_cookie(cookie_name(request), token, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


async def forget(request: Request) -> Response:
    """ "Start again" without JavaScript: this browser forgets the conversation; the service keeps it."""
    answer = RedirectResponse("/chat", 303)
    answer.delete_cookie(cookie_name(request), path="/", httponly=True, samesite="lax",
                         secure=request.app.state.settings.public_url.startswith("https:"))
    return answer


# ------------------------------------------------------------------ the widget and the rest


async def widget(request: Request) -> Response:
    """The loader, at an address that names its exact version. Any site may load it; `sites` says who may show the chat."""
    return FileResponse(STATIC / "widget.js", media_type="text/javascript", headers={
        "Cache-Control": "public, max-age=31536000, immutable", "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    })


async def demo(request: Request) -> Response:
    return page("demo.html", origin=request.app.state.settings.public_url)


async def accessibility(request: Request) -> Response:
    return page("accessibility.html")


class Static(StaticFiles):
    """Our own files; the browser asks whether they changed, so that a page never runs with yesterday's script."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        response = super().file_response(*given, **named)
        response.headers["Cache-Control"] = "no-cache"
        return response


def routes() -> list[BaseRoute]:
    return [
        Route("/chat", chat),
        Route("/chat", post_chat, methods=["POST"]),
        Route("/chat/forget", forget, methods=["POST"]),
        Route(f"/widget/{VERSION}/widget.js", widget),
        Mount("/static/chat", Static(directory=STATIC)),
        Route("/demo", demo),
        Route("/accessibility", accessibility),
    ]
