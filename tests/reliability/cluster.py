"""A PostgreSQL of the test's own: Debian's binaries, a folder in /tmp, a loopback port, and no root."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from bot.processes import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: float(bin_.parent.name))


class NoCluster(RuntimeError):
    """There is no PostgreSQL to start here, and why."""


class Cluster:
    """One server with trust on loopback; `database()` gives the address of a new, empty database."""

    def __init__(self) -> None:
        if not BINARIES:
            raise NoCluster("there are no PostgreSQL binaries in /usr/lib/postgresql")
        self.folder, self.port, self.made = Path(tempfile.mkdtemp(prefix="sendline-pg-")), free_port(), 0
        self.user = self._unprivileged()
        try:
            self._run("initdb", "-D", self.folder / "data", "-A", "trust", "-U", "sendline", "-E", "UTF8", "--no-sync", "--locale=C")
            self.options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories='' -c fsync=off"
            self.start()
        except subprocess.CalledProcessError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise NoCluster(f"PostgreSQL does not start: {error.stderr.strip()[-300:]}") from None

    def _unprivileged(self) -> str | None:
        """PostgreSQL refuses to run as root; somebody else then owns the folder."""
        if os.getuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                who = pwd.getpwnam(name)
            except KeyError:
                continue
            os.chown(self.folder, who.pw_uid, who.pw_gid)
            return name
        raise NoCluster("there is no user 'postgres' or 'nobody' to run PostgreSQL as")

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(BINARIES[-1] / program), *map(str, arguments)]
        if self.user:
            who = pwd.getpwnam(self.user)
            command = ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups", *command]
        # the server keeps a pipe open for ever, so its words go to a file
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(command, stdout=said, stderr=said, cwd="/tmp", check=False)
            said.seek(0)
            if done.returncode:
                raise subprocess.CalledProcessError(done.returncode, program, stderr=said.read())

    def database(self) -> str:
        self.made += 1
        for _ in range(50):
            try:
                with psycopg.connect(f"host=127.0.0.1 port={self.port} user=sendline dbname=postgres", autocommit=True) as connection:
                    connection.execute(f"CREATE DATABASE test{self.made}")
                break
            except psycopg.OperationalError:
                time.sleep(0.1)
        return f"postgresql+psycopg://sendline@127.0.0.1:{self.port}/test{self.made}"

    def start(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", self.options, "start")

    def stop(self) -> None:
        """As a crash would: nobody is asked to finish."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
