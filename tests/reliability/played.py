"""What a test plays in somebody else's place, on loopback: Rasa's REST channel, and a gate in front of the action server."""

import json
import select
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class PlayedRasa:
    """Rasa's REST channel, answering each message with "re: <message>". `answers` is right, silent or late."""

    def __init__(self) -> None:
        played = self
        self.answers, self.asked = "right", []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                self.reply({"status": "ok"})

            def do_POST(self):
                text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["message"]
                played.asked.append(text)
                if played.answers == "late":
                    time.sleep(0.5)
                said = {"route": "smalltalk", "origin": "wording:played", "text": f"re: {text}"}
                self.reply([] if played.answers == "silent" else [{"custom": said}])

            def reply(self, body):
                raw = json.dumps(body).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_):
                """Nothing: pytest's output is for failures."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Gate:
    """A port in front of another. `state` is open (passes everything), down (hangs up) or hanging (hears, says nothing)."""

    def __init__(self, behind: int) -> None:
        self.behind, self.state, self.shut = behind, "open", False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while not self.shut:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, suppress(OSError):  # either side may hang up, or be killed
            if self.state == "open":
                with socket.create_connection(("127.0.0.1", self.behind)) as server:
                    self._copy(client, server)
            while self.state == "hanging":
                time.sleep(0.05)

    def _copy(self, client: socket.socket, server: socket.socket) -> None:
        other = {client: server, server: client}
        while self.state == "open":
            for ready in select.select(list(other), [], [], 0.05)[0]:
                if not (data := ready.recv(65536)):
                    return
                other[ready].sendall(data)

    def close(self) -> None:
        self.shut, self.state = True, "down"
        self.listener.close()
