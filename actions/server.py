"""`python -m actions.server`: the action server on loopback, in one process, warm before it says that it is up."""

import argparse
import asyncio
from dataclasses import asdict

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic, json

from actions.answer import search
from bot.logs import set_up_logs
from bot.second_look import Look, load
from knowledge_base.encoder import Encoder
from knowledge_base.query import plain_words
from knowledge_base.tuned import SECOND_LOOK


async def look(request: Request):
    """The second safety layer: what it finds in a text."""
    second = request.app.ctx.second_look
    if second is None:
        return json(asdict(Look()))
    tokens = await asyncio.to_thread(request.app.ctx.reads.tokens, plain_words(request.json["text"]))
    return json(asdict(second.look(tokens)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5055)
    port = parser.parse_args().port
    set_up_logs("WARNING")
    search().find("warm up")  # load the model and the index now, not while a parent waits
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=[])
    app.add_route(look, "/look", methods=["POST"])
    app.ctx.second_look, app.ctx.reads = load(), Encoder(change=SECOND_LOOK)
    app.prepare(host="127.0.0.1", port=port, single_process=True, access_log=False)
    Sanic.serve_single(primary=app)


if __name__ == "__main__":
    main()
