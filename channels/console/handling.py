"""What an adviser does with a case: claim, take over, reply, note, pass back, close.

Each is a form that works without a script. What cannot be done comes back as a sentence, with everything typed kept.
"""

from collections.abc import Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot import wording
from bot.conversation import Adviser
from bot.errors import NotAllowed
from bot.text import LIMIT, normalise
from channels.console import case, pages, words
from channels.console.session import new_token


def claim(request: Request, who: Adviser, form: FormData) -> Response:
    line = wording.ADVISER_JOINED.format(name=who.name)
    return act(request, who, form, lambda store, ref: store.cases.claim(who, ref, line), "You have this case. The parent has been told.")


def take_over(request: Request, who: Adviser, form: FormData) -> Response:
    line = wording.ADVISER_JOINED.format(name=who.name)

    def do(store, ref):
        store.cases.take_over(who, ref, said(form, "reason", "Say why you take this case over."), line)

    return act(request, who, form, do, "You have this case now. The parent has been told.")


def reply(request: Request, who: Adviser, form: FormData) -> Response:
    def do(store, ref):
        store.cases.reply(who, ref, said(form, "reply", "Write your reply first."), str(form.get("token", ""))[:64] or None)

    return act(request, who, form, do, "Sent to the parent.")


def note(request: Request, who: Adviser, form: FormData) -> Response:
    def do(store, ref):
        store.cases.add_note(who, ref, said(form, "note", "Write your note first."))

    return act(request, who, form, do, "Note kept. The parent cannot see it.")


def release(request: Request, who: Adviser, form: FormData) -> Response:
    line = wording.ADVISER_RELEASED.format(name=who.name)

    def do(store, ref):
        reason = said(form, "reason", "Say why you pass this case back, for the next adviser.")
        store.cases.give_back(who, ref, line, "queued", f"Passed back to the queue: {reason}")

    return act(request, who, form, do, "Passed back to the queue.", "/console")


def close(request: Request, who: Adviser, form: FormData) -> Response:
    line = wording.ADVISER_LEFT.format(name=who.name)

    def do(store, ref):
        outcome = str(form.get("outcome", ""))
        if outcome not in words.OUTCOMES:
            raise NotAllowed("Choose how this case ended.")
        ending = said(form, "ending", "Write what was done and what comes next, for whoever reads this later.")
        store.cases.give_back(who, ref, line, "closed", f"Closed ({words.OUTCOMES[outcome]}): {ending}", outcome)

    return act(request, who, form, do, "Closed. The assistant answers the parent again.", "/console")


def said(form: FormData, field: str, missing: str) -> str:
    """What was typed into a field, cleaned as a parent's words are. Raises NotAllowed when it is empty or too long."""
    raw = str(form.get(field, "")).replace("\r\n", "\n")
    if len(raw) > LIMIT:
        raise NotAllowed(f"This has {len(raw)} characters, and {LIMIT} are the most. Make it shorter or send it in two parts.")
    if not (text := normalise(raw)):
        raise NotAllowed(missing)
    return text


def act(
    request: Request, who: Adviser, form: FormData, do: Callable, done: str, then: str | None = None,
) -> Response:
    """Do it; answer a script with a sentence and a browser with a page. A second sending of the same form changes nothing."""
    store, ref = request.app.state.store, request.path_params["ref"]
    store.cases.find(who, ref)  # of another service: 404, before anything else is said
    try:
        do(store, ref)
    except NotAllowed as error:
        if pages.wants_data(request):
            return pages.data({"error": str(error), "token": new_token()}, 409)
        return case.show(request, who, str(error), {name: str(value) for name, value in form.items()}, 409)
    if pages.wants_data(request):
        return pages.data({"said": done, "token": new_token(), "go": then})
    return pages.go(then or f"/console/case/{ref}")
