"""Run by Rasa's own Python, not by ours: `python rasa_says.py MODEL` reads messages from standard input, one JSON text a line,

and writes the response keys that Rasa's ResponseSelector gives each, best first, one JSON list a line.
"""

import asyncio
import json
import sys

from rasa.core.agent import Agent


def main() -> None:
    agent = Agent.load(sys.argv[1])
    for line in sys.stdin:
        said = asyncio.run(agent.parse_message(json.loads(line)))
        ranking = said["response_selector"]["faq"]["ranking"]
        print(json.dumps([one["intent_response_key"] for one in ranking]), flush=True)


if __name__ == "__main__":
    main()
