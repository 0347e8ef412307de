"""Rasa and the actions speak to this machine only, from the start to the end of a turn."""

import ipaddress

import psutil
import pytest

from bot.conversation import Inbound
from bot.settings import new_id

pytestmark = pytest.mark.engine


def is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.startswith("/") or host == "None"


def sockets_of(pid: int) -> set[str]:
    """Both ends of every internet socket of a process and its children."""
    whole = psutil.Process(pid)
    sockets = [s for one in (whole, *whole.children(recursive=True)) for s in one.net_connections("inet")]
    return {end.ip for one in sockets for end in (one.laddr, one.raddr) if end}


def listener(port: int) -> int:
    """The process that listens on a port."""
    return next(c.pid for c in psutil.net_connections("tcp") if c.laddr.port == port and c.status == psutil.CONN_LISTEN)


def test_rasa_and_the_actions_ask_for_no_address_outside_this_machine(own_rasa, brain, real):
    (talk,) = real.parents(1)
    real.gateway.receive(Inbound(talk, "web", new_id(), "who can ask for an EHC needs assessment"))
    assert real.gateway.run_turn(real.store.turns.claim("test")).route == "answer"
    for pid in (own_rasa.pid, listener(brain.actions_port)):
        assert all(map(is_here, sockets_of(pid))), "a socket to the outside"
    asked = {line.split()[1] for line in own_rasa.asked.read_text().splitlines()}
    assert not {host for host in asked if not is_here(host)}
