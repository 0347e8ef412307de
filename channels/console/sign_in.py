"""The console's front door. Every wrong pair gets the same sentence, and an address that guesses has to wait."""

import ipaddress
import re
import time
from collections import OrderedDict

import anyio
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import NotAllowed
from channels.console import pages
from channels.console.session import give_cookie, hash_of, new_token, token_of

TRIES = 20  # wrong tries from one address in WINDOW; an office shares one address, an account rests after fewer
WINDOW = 300.0
ADDRESSES = 10_000
INSIDE = re.compile(r"/console(/case/[A-Z0-9-]{4,20}|/unanswered)?")
WRONG = "That name and password do not match, or there were too many tries. Wait five minutes and try again."


class SlowDown:
    """Wrong tries by address, in memory: what is lost in a restart is a few minutes of patience."""

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self.wrong: OrderedDict[str, list[float]] = OrderedDict()

    def is_resting(self, address: str) -> bool:
        recent = [at for at in self.wrong.get(address, ()) if at > self.clock() - WINDOW]
        return len(recent) >= TRIES

    def count(self, address: str) -> None:
        recent = [at for at in self.wrong.pop(address, ()) if at > self.clock() - WINDOW]
        self.wrong[address] = [*recent, self.clock()]
        while len(self.wrong) > ADDRESSES:
            self.wrong.popitem(last=False)


def address_of(request: Request) -> str:
    """Who is knocking. One household has a whole IPv6 /64, so that is one address here."""
    host = request.client.host if request.client else ""
    try:
        at = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((at, 64), strict=False)) if at.version == 6 else host


class SignIn:
    """The sign-in page and what happens when it is sent."""

    def __init__(self):
        self.slow_down = SlowDown()
        # One check takes 64 MiB for argon2: a flood of tries must not take the memory of everybody else.
        self.checks = anyio.CapacityLimiter(2)

    async def page(self, request: Request) -> Response:
        return pages.page("sign_in.html", error=None, username="", to=inside(request.query_params.get("to", "")))

    async def enter(self, request: Request) -> Response:
        store, settings = request.app.state.store, request.app.state.settings
        form, address = await request.form(), address_of(request)
        username, password = str(form.get("username", "")), str(form.get("password", ""))[:1000]
        to, token = inside(str(form.get("to", ""))), new_token()
        resting = self.slow_down.is_resting(address)
        try:
            if resting:
                raise NotAllowed(WRONG)
            await anyio.to_thread.run_sync(store.advisers.sign_in, username, password, hash_of(token), limiter=self.checks)
        except NotAllowed:
            self.slow_down.count(address)
            return pages.page("sign_in.html", 429 if resting else 401, error=WRONG, username=username, to=to)
        await anyio.to_thread.run_sync(store.advisers.sign_out, token_of(request))  # the old session of this browser ends here
        response = pages.go(to)
        give_cookie(response, settings, token)
        return response


def inside(to: str) -> str:
    """Where to go after signing in: a page of the console, and never another site."""
    return to if INSIDE.fullmatch(to) else "/console"
