"""One case: the conversation with its sources, what is known around it, and what an adviser may do now."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation import Adviser, Case, Message
from bot.store.desk import Story
from channels.console import pages, queue, words
from channels.console.session import new_token, token_of

FIELDS = ("reply", "note", "reason", "ending", "outcome")  # of the forms on the page


def page(request: Request, who: Adviser, form: FormData | None) -> Response:
    """The case with everything around it. Opening it leaves an audit row."""
    return show(request, who)


def show(request: Request, who: Adviser, error: str | None = None, typed: dict[str, str] | None = None, status: int = 200) -> Response:
    """The page of a case; after a form that could not be done, with the reason and with what was typed."""
    store, ref = request.app.state.store, request.path_params["ref"]
    store.cases.view(who, ref)
    return pages.page(
        "desk.html", status, who=who, error=error, typed={**dict.fromkeys(FIELDS, ""), **(typed or {})}, token=new_token(),
        **parts(store.desk.story(who, ref), who), **queue.shown(request, who))


def live(request: Request, who: Adviser, form: FormData | None) -> Response:
    """What an open page of a case needs to stay true. Polled, so it leaves no audit row: opening the page did."""
    store = request.app.state.store
    left = {"left": store.advisers.seconds_left(token_of(request))}
    shown = parts(store.desk.story(who, request.path_params["ref"]), who)
    lines, notes = pages.render("_lines.html", **shown), pages.render("_notes.html", **shown)
    mark = pages.version(lines, notes, shown["standing"], shown["status_line"], shown["risk_word"])
    if mark == request.query_params.get("version"):
        return pages.data({"version": mark, **left})
    return pages.data({
        "version": mark, "standing": shown["standing"], "status": shown["status_line"], "risk": [shown["risk"], shown["risk_word"]],
        "lines": lines, "notes": notes, **left})


def parts(story: Story, who: Adviser) -> dict:
    """What the templates show of a story."""
    case = story.case
    return {
        "story": story, "case": case, "ref": case.ref, "standing": standing(case, who), "status_line": status_line(case, who),
        "risk": case.risk, "risk_word": words.RISK[case.risk], "lines": [to_line(m, story) for m in story.messages],
        "notes": story.notes, "cited": cited(story),
    }


def standing(case: Case, who: Adviser) -> str:
    """Whose move it is for this adviser: queued, mine, theirs or closed."""
    if case.state in ("queued", "closed"):
        return case.state
    return "mine" if case.adviser == who.id else "theirs"


def status_line(case: Case, who: Adviser) -> str:
    """Where the case stands, in one sentence."""
    if case.state == "queued":
        return "Waiting for an adviser. The assistant still answers meanwhile."
    if case.state == "closed":
        return f"Closed {pages.at_london(case.closed_at)}: {words.OUTCOMES.get(case.outcome, 'no outcome kept')}. The assistant answers."
    holder = "You have" if case.adviser == who.id else f"{case.adviser_name} has"
    turn = "The parent has your reply." if case.state == "waiting_parent" else "The parent waits for an answer."
    if case.adviser != who.id:
        turn = turn.replace("your", "a")
    return f"{holder} this case since {pages.at_london(case.claimed_at)}. {turn}"


def to_line(message: Message, story: Story) -> dict:
    """One line of the transcript: who, when, what, and what stands behind it."""
    payload, handled = message.payload, story.handled.get(message.seq)
    status, problem = story.delivery.get(message.seq, (None, None))
    origin = payload.get("origin", "")
    line = {
        "seq": message.seq, "author": message.author, "at": message.at, "text": message.text,
        "name": f"{message.name}, adviser" if message.author == "adviser" else words.AUTHORS[message.author],
        "more": payload.get("more", ""), "sources": payload.get("sources", ()),
        "entry": origin.removeprefix("entry:") if origin.startswith("entry:") else None,
        "concern": handled.concern if handled else None, "route": words.ROUTES.get(handled.route) if handled else None,
        "delivery": words.DELIVERY.get(status), "problem": problem, "failed": status == "failed",
    }
    return {**line, "mark": pages.version(line)}


def cited(story: Story) -> list[dict]:
    """Every law that the assistant has shown in this conversation, once."""
    return list({source["cite"]: source for m in story.messages for source in m.payload.get("sources", ())}.values())
