"""Clients that take their time: each is let go, and the others do not notice."""

import asyncio
import contextlib
import socket
import threading
import time

import httpx
import pytest
import uvicorn

from channels import impatient, security
from channels.impatient import ImpatientProtocol

pytestmark = pytest.mark.engine  # opens a socket on this machine; needs no Rasa


@pytest.fixture
def address(app, monkeypatch):
    monkeypatch.setattr(impatient, "HEADER_SECONDS", 0.5)
    monkeypatch.setattr(security, "BODY_SECONDS", 0.5)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, http=ImpatientProtocol, timeout_keep_alive=1, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield listening.getsockname()
    server.should_exit = True
    thread.join(10)


def knock(address, *sent: bytes) -> bytes:
    with socket.create_connection(address) as client:
        client.settimeout(5)
        answer = b""
        with contextlib.suppress(ConnectionError):
            for part in sent:
                client.sendall(part)
            while part := client.recv(4096):
                answer += part
        return answer


def test_unfinished_headers_are_hung_up_on(address):
    assert knock(address) == b""
    assert knock(address, b"GET /chat HTTP/1.1\r\nHo") == b""
    whole = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    assert knock(address, whole, b"GET /health/live HTTP/1.1\r\nHo").count(b"200 OK") == 1


def test_an_unfinished_body_gets_a_sentence(address):
    assert b"408" in knock(address, b"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{").splitlines()[0]


def test_a_body_that_does_not_say_its_size_is_counted(address):
    chunks = [b"1000\r\n" + b"x" * 4096 + b"\r\n"] * 40
    answer = knock(address, b"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n", *chunks)
    assert answer == b"" or b"413" in answer.splitlines()[0]


def test_a_stream_outlives_both_limits_and_tells_each_line_once(address, gateway):
    url = f"http://{address[0]}:{address[1]}"
    token = {"Authorization": f"Bearer {httpx.post(f'{url}/api/conversations').json()['token']}"}
    seen = []
    with httpx.stream("GET", f"{url}/api/events", headers=token, timeout=10) as stream:
        lines = stream.iter_lines()
        for n in range(3):
            httpx.post(f"{url}/api/messages", headers=token, json={"id": f"m{n}", "text": "hello"})
            time.sleep(0.4)
            gateway.run_turn(gateway.store.turns.claim("test"))
        while len(seen) < 6:
            if (line := next(lines)).startswith("id: "):
                seen.append(int(line[4:]))
    assert seen == [1, 2, 3, 4, 5, 6]
    with httpx.stream("GET", f"{url}/api/events", headers=token | {"Last-Event-ID": "4"}, timeout=10) as stream:
        assert next(line for line in stream.iter_lines() if line.startswith("id: ")) == "id: 5"
