"""Points at which a reliability test may end a process as kill -9 would."""

import os


def crash_point(name: str) -> None:
    """End this process where SENDLINE_CRASH_AT names this point."""
    if os.environ.get("SENDLINE_CRASH_AT") == name:
        os._exit(137)
