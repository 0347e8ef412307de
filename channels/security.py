"""What stands in front of every route: known hosts, same-site writes, bounded bodies, and headers that say no.

Plain ASGI, because BaseHTTPMiddleware would tie a message's fate to its connection.
"""

import asyncio
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import wording
from bot.settings import Settings

BODY = 64 * 1024  # bytes of a body; counted as they come, because a header can lie
BODY_SECONDS = 15  # for a whole body to arrive
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class Bodies:
    """Refuses a body that is too large or comes too slowly, while it comes."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        size, done, until = 0, False, loop.time() + BODY_SECONDS

        async def bounded() -> Message:
            nonlocal size, done
            if done:  # what comes now is only the news that the client has gone
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.0, until - loop.time()))
            except TimeoutError:
                raise HTTPException(408, wording.TOO_SLOW, {"Connection": "close"}) from None
            size += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if size > BODY:
                raise HTTPException(413, wording.TOO_LONG, {"Connection": "close"})
            return message

        await self.app(scope, bounded, send)


class SameSite:
    """Refuses a write that another website makes a browser send. A provider's webhook has neither header."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            site, origin = headers.get("sec-fetch-site"), headers.get("origin")
            foreign = site not in ("same-origin", "none") if site else bool(origin) and urlsplit(origin).netloc != headers.get("host")
            if foreign:
                raise HTTPException(403, wording.NOT_FROM_HERE)
        await self.app(scope, receive, send)


def safe_headers(settings: Settings) -> dict[str, str]:
    """What every answer says unless its route says otherwise. Only the chat page may be shown inside another site."""
    secure = {"Strict-Transport-Security": "max-age=31536000"} if settings.public_url.startswith("https:") else {}
    return secure | {
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


class SafeHeaders:
    """Adds the headers that a route has not set itself."""

    def __init__(self, app: ASGIApp, settings: Settings):
        self.app, self.headers = app, safe_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def policy(*ancestors: str) -> str:
    """The content security policy: nothing but our own files; only `ancestors` may show the page in a frame."""
    who = " ".join(ancestors) or "'none'"
    return f"default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors {who}"


def middleware(settings: Settings) -> list[Middleware]:
    """Outermost first."""
    hosts = {"127.0.0.1", "localhost", "[::1]", settings.host, urlsplit(settings.public_url).hostname or settings.host}
    return [
        Middleware(SafeHeaders, settings=settings),
        Middleware(TrustedHostMiddleware, allowed_hosts=sorted(hosts), www_redirect=False),
    ]


# What may refuse with a sentence: inside the mapping of errors, outside every route.
GUARDS = [Middleware(SameSite), Middleware(Bodies)]
