"""What is measured: single turns, taken in turns by all sides; turns a second under load; memory; search alone."""

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psutil

from bench.talk import Talker

TURNS = 5  # turns that one conversation has before the next begins: Rasa slows down as a conversation grows


@dataclass(frozen=True)
class Times:
    """Milliseconds of many runs."""

    ms: tuple[float, ...]

    @property
    def p50(self) -> float:
        return statistics.median(self.ms)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.ms, n=20)[-1]


Sides = dict[str, Callable[[], Talker]]


def turn_times(sides: Sides, words: Sequence[str], conversations: int) -> dict[str, Times]:
    """Time single turns, one at a time: A B C, A B C, so that what else the machine does falls on all alike."""
    taken: dict[str, list[float]] = {side: [] for side in sides}
    said = 0
    for _ in range(conversations):
        talkers = {side: talker() for side, talker in sides.items()}
        for talker in talkers.values():
            talker.say("hi")  # the first turn also starts the session: not what is measured here
        for _ in range(TURNS):
            text = words[said % len(words)]
            said += 1
            for side, talker in talkers.items():
                began = time.perf_counter()
                talker.say(text)
                taken[side].append((time.perf_counter() - began) * 1000)
        for talker in talkers.values():
            talker.close()
    return {side: Times(tuple(ms)) for side, ms in taken.items()}


def turns_a_second(talker: Callable[[], Talker], words: Sequence[str], talkers: int, seconds: float) -> float:
    """How many turns are answered in a second when so many parents write without a pause."""
    began = 0.0

    def begin() -> None:
        nonlocal began
        began = time.perf_counter()

    ready = threading.Barrier(talkers, action=begin)  # all have said hello

    def talk(number: int) -> int:
        me, done = talker(), 0
        me.say("hi")
        ready.wait()
        while time.perf_counter() < began + seconds:
            me.say(words[(number + done) % len(words)])
            done += 1
            if done % (2 * TURNS) == 0:
                me.close()
                me = talker()
        me.close()
        return done

    with ThreadPoolExecutor(talkers) as pool:
        done = sum(pool.map(talk, range(talkers)))
        return done / (time.perf_counter() - began)


def memory(pids: dict[str, int]) -> dict[str, float]:
    """Resident megabytes of each process with its children."""
    def resident(pid: int) -> int:
        process = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))

    return {name: resident(pid) / 1e6 for name, pid in pids.items()}


def search_times(find: Callable[[str], object], words: Sequence[str]) -> Times:
    """Search alone, in this process."""
    taken = []
    for text in words:
        began = time.perf_counter()
        find(text)
        taken.append((time.perf_counter() - began) * 1000)
    return Times(tuple(taken))
