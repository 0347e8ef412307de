"""The app that parents' pages and advisers' consoles talk to: its parts put together, and the one place where an
error becomes a sentence. `python -m channels.app` serves it.
"""

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot import wording
from bot.engine import Engine
from bot.errors import EngineError, NotAllowed, SendlineError, StoreDown
from bot.gateway import Gateway
from bot.logs import set_up_logs
from bot.settings import Settings, read_settings
from bot.store import Store, open_store
from channels import console, security, web
from channels.feed import Feed
from channels.impatient import ImpatientProtocol
from channels.limits import PerMinute
from channels.widget import pages

log = logging.getLogger("sendline.app")

# Each error and its status. The sentence is the error's own; those of the store and of bugs are ours to word.
STATUS = {StoreDown: 503, EngineError: 503, NotAllowed: 403, SendlineError: 400}
SENTENCES = {404: wording.NO_SUCH_PAGE, 405: wording.NO_SUCH_PAGE}


def create_app(store: Store, gateway: Gateway, settings: Settings) -> Starlette:
    """The app over an open store."""
    feed = Feed(store)

    @asynccontextmanager
    async def lifespan(app: Starlette):
        news = asyncio.create_task(feed.run())
        yield
        news.cancel()
        with suppress(asyncio.CancelledError):
            await news

    app = Starlette(
        routes=[Mount("/", routes=routes(), middleware=security.GUARDS)], middleware=security.middleware(settings), lifespan=lifespan,
        exception_handlers={SendlineError: explain, HTTPException: explain, Exception: explain},
    )
    app.state.store, app.state.gateway, app.state.settings, app.state.feed = store, gateway, settings, feed
    app.state.per_conversation = PerMinute(settings.messages_per_minute)
    app.state.per_address = PerMinute(settings.messages_per_address)
    return app


def routes() -> list[BaseRoute]:
    """Every route: health first, then each door."""
    own = [
        Route("/", lambda request: RedirectResponse("/chat", 303)),
        Route("/health/live", lambda request: PlainTextResponse("ok\n")),
        Route("/health/ready", ready),
        Route("/metrics", metrics),
    ]
    return [*own, *(route for door in (web, pages, console) for route in door.routes())]


async def explain(request: Request, error: Exception) -> Response:
    """The one mapping of errors to sentences. What may mean danger gets the crisis numbers, whatever failed."""
    if isinstance(error, HTTPException):
        status, headers = error.status_code, dict(error.headers or {})
        sentence = SENTENCES.get(status, error.detail)
    else:
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
        headers = {"Retry-After": "10"} if status == 503 else {}
        headers |= security.safe_headers(request.app.state.settings)  # a bug is answered outside the middleware
        sentence = wording.NOT_KEPT if isinstance(error, StoreDown) else str(error) if status != 500 else wording.BROKEN
    body = {"error": sentence}
    if (words := getattr(request.state, "words", "")) and web.is_urgent(words):
        body["crisis"] = wording.CRISIS_ANYWAY
    if "text/html" in request.headers.get("accept", ""):
        return pages.error_page(request, body, status, headers)
    return JSONResponse(body, status, headers)


async def ready(request: Request) -> JSONResponse:
    """Whether messages can be kept and answered. People and crisis numbers are there without the engine."""
    state = request.app.state
    up = {"database": await run_in_threadpool(state.store.db.is_up), "engine": await run_in_threadpool(state.gateway.engine.is_up)}
    return JSONResponse(up, 200 if all(up.values()) else 503)


async def metrics(request: Request) -> Response:
    """Figures for Prometheus, for this machine only: not through a proxy, whose requests come from here as well."""
    near = request.client and request.client.host in ("127.0.0.1", "::1")
    if not near or any(name in request.headers for name in ("x-forwarded-for", "forwarded", "via")):
        raise HTTPException(404)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(request.app.state.store))
    return Response(await run_in_threadpool(generate_latest, registry), media_type=CONTENT_TYPE_LATEST)


class Figures:
    """The counters of the store and what waits now, as Prometheus reads them."""

    def __init__(self, store: Store):
        self.store = store

    def collect(self):
        for name, value in self.store.counters.all().items():
            yield CounterMetricFamily(f"sendline_{name}", "Counted since the database was made.", value=value)
        turns, oldest, unsent = self.store.counters.waiting()
        age = (datetime.now(UTC) - datetime.fromisoformat(oldest)).total_seconds() if oldest else 0
        yield GaugeMetricFamily("sendline_turns_waiting", "Messages of parents not handled yet.", value=turns)
        yield GaugeMetricFamily("sendline_oldest_turn_seconds", "How long the oldest of them waits.", value=age)
        yield GaugeMetricFamily("sendline_messages_unsent", "Messages that wait to be delivered.", value=unsent)


def main() -> None:
    """Serve until told to stop."""
    set_up_logs()
    settings = read_settings()
    store = open_store(settings.database)
    app = create_app(store, Gateway(store, Engine(settings.engine_url), settings), settings)
    uvicorn.run(
        app, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False,
        # without a named proxy a forwarded header is only something that a stranger wrote
        proxy_headers=bool(settings.proxy), forwarded_allow_ips=settings.proxy or None,
        timeout_keep_alive=10, h11_max_incomplete_event_size=16 * 1024, http=ImpatientProtocol, timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()
