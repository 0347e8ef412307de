"""Who is at the console: a random token in a cookie, its SHA-256 in the database, and a session that can be ended there."""

import hashlib
import secrets
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation import Adviser
from bot.errors import NotAllowed
from bot.settings import Settings
from channels.console import pages, words

Handler = Callable[[Request, Adviser, FormData | None], Response]


def is_https(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")


def cookie_name(settings: Settings) -> str:
    """Browsers take the __Host- name only with Secure, which plain http on one's own machine cannot give.

    The parent's page has a cookie of its own on the same host: an adviser who tries the chat stays signed in.
    """
    return "__Host-sendline-console" if is_https(settings) else "sendline-console"


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(request: Request) -> str:
    """The hash of the token that this browser holds; of nothing when it holds none."""
    return hash_of(request.cookies.get(cookie_name(request.app.state.settings), ""))


def give_cookie(response: Response, settings: Settings, token: str) -> None:
    response.set_cookie(cookie_name(settings), token, httponly=True, secure=is_https(settings), samesite="strict", path="/")


def take_cookie(response: Response, settings: Settings) -> None:
    response.delete_cookie(cookie_name(settings), httponly=True, secure=is_https(settings), samesite="strict", path="/")


def signed_in(handler: Handler):
    """An endpoint that only advisers with a live session reach. The handler may block: it runs in a thread."""

    async def endpoint(request: Request) -> Response:
        # A page that refreshes itself says whether a person has touched it; everything else is a person.
        active = request.headers.get("sendline-active", "1") != "0"
        who = await run_in_threadpool(request.app.state.store.advisers.of_session, token_of(request), active)
        if who is None:
            return refuse(request)
        form = await request.form() if request.method == "POST" else None
        try:
            return await run_in_threadpool(handler, request, who, form)
        except NotAllowed as error:  # a case of another service and one that does not exist are the same
            if pages.wants_data(request):
                return pages.data({"error": str(error)}, 404)
            return pages.page("missing.html", 404, who=who, sentence=str(error))

    endpoint.__name__ = handler.__name__
    return endpoint


def refuse(request: Request) -> Response:
    """No session: a script gets a sentence, a browser the sign-in page, which knows where the adviser was going."""
    if pages.wants_data(request):
        return pages.data({"error": words.SIGNED_OUT}, 401)
    return pages.go("/console/sign-in" + (f"?to={request.url.path}" if request.method == "GET" else ""))


def sign_out(request: Request, who: Adviser, form: FormData | None) -> Response:
    """End this session, here and in the database."""
    request.app.state.store.advisers.sign_out(token_of(request))
    response = pages.go("/console/sign-in")
    take_cookie(response, request.app.state.settings)
    return response
