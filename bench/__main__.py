"""`python -m bench`: how fast Sendline is, beside a bare Rasa bot, in one run on one machine."""

import os
import sys
import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from rich.console import Console

from bench.bare import make_bare_bot, start_bare_bot
from bench.measure import memory, search_times, turn_times, turns_a_second
from bench.ours import NO_LIMITS, borrowed_home, start_ours
from bench.report import Figures, show, write
from bench.talk import ByDoor, ByRest
from bot.errors import SendlineError
from bot.processes import Processes, free_port
from bot.settings import read_settings

HERE = Path(__file__).parent
SAID = {
    "a greeting": ("hello",),
    "a question": (
        "who can ask for an EHC needs assessment", "can school send my son home early without excluding him",
        "the council refused to assess my daughter what can I do", "is my child entitled to free transport to a special school",
        "how do I appeal to the SEND tribunal"),
}
CONVERSATIONS = 25  # of five turns each, for each thing said
CROWDS, SECONDS = (1, 4, 16), 8


def measure(screen: Console) -> Figures:
    """Start both sides, take every figure, end both."""
    settings, busy = read_settings(), os.getloadavg()[0] / (os.cpu_count() or 1)
    with screen.status("Making the bare bot with 'rasa init' (a minute or two, the first time only) …"):
        bot = make_bare_bot(settings.home / "bench")
    with tempfile.TemporaryDirectory() as folder:
        processes = Processes(borrowed_home(settings, Path(folder)), NO_LIMITS)
        try:
            with screen.status("Starting Sendline and the bare bot …"):
                door = start_ours(processes)
                bare = start_bare_bot(processes, bot, free_port())
            context = {"today": date.today().isoformat(), "channel": "web"}
            sides = {"bare": partial(ByRest, bare), "ours": partial(ByDoor, door),
                     "our Rasa alone": partial(ByRest, processes.settings.engine_url, context)}
            turns, crowd = {}, {}
            for what, words in SAID.items():
                with screen.status(f"One turn at a time: {what} …"):
                    turns[what] = turn_times(sides, words, CONVERSATIONS)
            mixed = [text for words in SAID.values() for text in words]
            for talkers in CROWDS:
                with screen.status(f"Parents writing at once: {talkers} …"):
                    crowd[talkers] = {side: turns_a_second(sides[side], mixed, talkers, SECONDS) for side in ("bare", "ours")}
            sizes = memory({name: child.pid for name, child in processes.running.items()})
        finally:
            processes.stop()
    with screen.status("Search alone …"):
        return Figures(turns, crowd, sizes, search_alone(settings), busy)


def search_alone(settings):
    """Search in this process, over questions that the entries were written for."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as the action server runs
    from knowledge_base.encoder import encoder
    from knowledge_base.entry import entries
    from knowledge_base.search import open_search

    search = open_search(settings.home / "index", entries(), encoder(settings.encoder))
    search.find("warm up")
    return search_times(search.find, [entry.questions[0] for entry in entries().values()])


def main() -> None:
    screen = Console()
    try:
        figures = measure(screen)
    except SendlineError as error:
        Console(stderr=True).print(str(error), markup=False, highlight=False, style="red")
        sys.exit(1)
    show(figures, screen)
    screen.print(f"Kept in {write(figures, HERE, date.today()).name} and report.png")


if __name__ == "__main__":
    main()
