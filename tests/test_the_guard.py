"""The guard over the tests themselves: nothing reaches the network by accident."""

import socket

import pytest


def test_an_unmarked_test_cannot_open_a_socket():
    with pytest.raises(RuntimeError, match="without a marker"):
        socket.create_connection(("127.0.0.1", 9))


def test_processes_may_still_talk_over_a_pair_of_unix_sockets():
    left, right = socket.socketpair()
    left.send(b"x")
    assert right.recv(1) == b"x"
    left.close()
    right.close()


@pytest.mark.model
def test_a_marked_test_reaches_only_this_machine():
    with socket.socket() as reach, pytest.raises(RuntimeError, match="only this machine"):
        reach.connect(("192.0.2.1", 80))


@pytest.mark.model
def test_a_marked_test_may_listen_on_loopback():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
