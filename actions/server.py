"""`python -m actions.server`: the action server on loopback, in one process, warm before it says that it is up."""

import argparse

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from actions.answer import search
from bot.logs import set_up_logs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5055)
    port = parser.parse_args().port
    set_up_logs("WARNING")
    search().find("warm up")  # load the model and the index now, not while a parent waits
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=[])
    app.prepare(host="127.0.0.1", port=port, single_process=True, access_log=False)
    Sanic.serve_single(primary=app)


if __name__ == "__main__":
    main()
