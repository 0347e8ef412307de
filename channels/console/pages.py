"""How the console answers: a page, a piece of a page, or JSON; and instants as people in England read them."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from bot.settings import LONDON
from channels.console import words

HERE = Path(__file__).parent
# A family's story must not stay in a browser's cache or come back with the Back button after signing out.
PRIVATE = {"Cache-Control": "no-store"}


class Static(StaticFiles):
    """Styles and scripts, asked for again each time: a new release must not meet yesterday's script."""

    def __init__(self):
        super().__init__(directory=HERE / "static")

    def file_response(self, *args, **kwargs) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


def at_london(instant: str) -> str:
    """An instant of the store as a date and time in England."""
    at = datetime.fromisoformat(instant).astimezone(LONDON)
    return f"{at.day} {at:%b} {at:%H:%M}"


def day_london(instant: str) -> str:
    """The day of an instant in England."""
    at = datetime.fromisoformat(instant).astimezone(LONDON)
    return f"{at.day} {at:%B %Y}"


def waited(since: str, now: datetime | None = None) -> str:
    """How long ago, in the two biggest units."""
    minutes = max(0, int(((now or datetime.now(UTC)) - datetime.fromisoformat(since)).total_seconds() // 60))
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return f"{days} day{'s' * (days > 1)} {hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def safe_link(url: str | None) -> str | None:
    """A link that a page may carry: the web, and nothing that runs."""
    return url if url and url.startswith(("https://", "http://")) else None


environment = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
environment.filters |= {"london": at_london, "day": day_london, "link": safe_link, "topic": words.topic, "channel": words.channel}
environment.globals |= {"words": words}


def render(template: str, **values) -> str:
    return environment.get_template(template).render(**values)


def page(template: str, status: int = 200, **values) -> HTMLResponse:
    return HTMLResponse(render(template, **values), status, headers=PRIVATE)


def data(values: dict, status: int = 200) -> JSONResponse:
    return JSONResponse(values, status, headers=PRIVATE)


def go(to: str) -> RedirectResponse:
    return RedirectResponse(to, 303, headers=PRIVATE)


def wants_data(request: Request) -> bool:
    """Whether a script asks, which reads JSON, or a browser that shows a page."""
    return "application/json" in request.headers.get("accept", "")


def version(*parts: object) -> str:
    """A short mark that changes when any part changes."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
