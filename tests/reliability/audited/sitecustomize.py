"""Python reads this file by itself when its folder is on PYTHONPATH: every address that the process asks for is written down."""

import os
import sys
from pathlib import Path


def write_down(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        address = arguments[0] if event.startswith("socket.get") else arguments[1]
        host = address[0] if isinstance(address, tuple) else address
        with Path(os.environ["ADDRESSES_ASKED"]).open("a") as file:
            file.write(f"{event} {host}\n")


sys.addaudithook(write_down)
