"""The advisers' console: who is waiting, one case with its story, and what the assistant could not answer.

Everything here works as plain pages and forms; the scripts in static/ only keep a page fresh and keep what is half typed.
"""

from starlette.routing import BaseRoute, Mount, Route

from channels.console import case, handling, queue, unanswered
from channels.console.pages import Static
from channels.console.session import sign_out, signed_in
from channels.console.sign_in import SignIn


def routes() -> list[BaseRoute]:
    """Every address of the console. tests/channels/console/test_console_permissions.py knows each by name."""
    door = SignIn()
    one = "/console/case/{ref}"
    return [
        Route("/console/sign-in", door.page, methods=["GET"]),
        Route("/console/sign-in", door.enter, methods=["POST"]),
        Route("/console/sign-out", signed_in(sign_out), methods=["POST"]),
        Route("/console", signed_in(queue.page), methods=["GET"]),
        Route("/console/queue.json", signed_in(queue.live), methods=["GET"]),
        Route("/console/find", signed_in(queue.find), methods=["GET"]),
        Route(one, signed_in(case.page), methods=["GET"]),
        Route(f"{one}/live.json", signed_in(case.live), methods=["GET"]),
        Route(f"{one}/claim", signed_in(handling.claim), methods=["POST"]),
        Route(f"{one}/take-over", signed_in(handling.take_over), methods=["POST"]),
        Route(f"{one}/reply", signed_in(handling.reply), methods=["POST"]),
        Route(f"{one}/note", signed_in(handling.note), methods=["POST"]),
        Route(f"{one}/release", signed_in(handling.release), methods=["POST"]),
        Route(f"{one}/close", signed_in(handling.close), methods=["POST"]),
        Route("/console/unanswered", signed_in(unanswered.page), methods=["GET"]),
        Route("/console/unanswered.csv", signed_in(unanswered.download), methods=["GET"]),
        Mount("/console/static", Static(), name="console-static"),
    ]
