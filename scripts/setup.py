"""Make both environments: .venv (the app, Python 3.11 or newer) and .venv-rasa (Rasa, Python 3.10).

Run by `make setup` with whatever python3 there is, so it needs only the standard library. Work that is done is not done
again: each environment holds a stamp of the lock file it was made from.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED_GB = 8
# A plain torch on Linux brings gigabytes of CUDA. TORCH may name a local CPU wheel, or "torch --index-url …".
TORCH = os.environ.get("TORCH", "")


class CannotSetUp(Exception):
    """A sentence about what is missing and what to do."""


def version_of(python: str) -> tuple[int, int] | None:
    """The version of a Python, or None when it does not run (a pyenv shim without its version, say)."""
    try:
        ask = "import sys; print(*sys.version_info[:2])"
        out = subprocess.run([python, "-c", ask], capture_output=True, text=True, timeout=30, check=True)
        major, minor = out.stdout.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def find_python(wanted: list[tuple[int, int]], why: str) -> str:
    """A Python of one of the wanted versions: on PATH, under pyenv, or through uv. Raises CannotSetUp."""
    for major, minor in wanted:
        places = [sys.executable, f"python{major}.{minor}", "python3"]
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
        places += sorted((str(p) for p in pyenv.glob(f"{major}.{minor}.*/bin/python")), reverse=True)
        if shutil.which("uv"):
            found = subprocess.run(["uv", "python", "find", f"{major}.{minor}"], capture_output=True, text=True, check=False)
            places.append(found.stdout.strip())
        for place in filter(None, places):
            if version_of(place) == (major, minor):
                return place
    name = f"{wanted[0][0]}.{wanted[0][1]}"
    raise CannotSetUp(f"{why} needs Python {name}, and none was found on PATH, under pyenv or through uv. Install it, for example with "
                      f"'pyenv install {name}' or 'uv python install {name}', and run this again.")


def make(folder: str, python: str, lock: Path, what: str, editable: bool = False) -> None:
    """One environment from one lock file, unless it is already there."""
    place, stamp = ROOT / folder, ROOT / folder / "made-from"
    mark = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == mark:
        print(f"  {what:15} up to date")
        return
    began = time.monotonic()
    print(f"  {what:15} installing (a few minutes the first time) …", flush=True)
    shutil.rmtree(place, ignore_errors=True)
    run([python, "-m", "venv", str(place)])
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if editable and TORCH:
        run([*pip, *TORCH.split()])
    run([*pip, "-r", str(lock)])
    if editable:
        run([*pip, "--no-deps", "-e", str(ROOT)])
    stamp.write_text(mark)
    print(f"  {what:15} ready after {time.monotonic() - began:.0f} s", flush=True)


def run(command: list[str]) -> None:
    """Run a command. Raises CannotSetUp with its last words when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip() and not line.startswith("WARNING")]
        raise CannotSetUp(f"Installing failed: {' '.join(said[-3:])[:600]}. Check the network and the disk, then run this again.")


def main() -> int:
    began = time.monotonic()
    try:
        ready = all((ROOT / f / "made-from").exists() for f in (".venv", ".venv-rasa"))
        free = shutil.disk_usage(ROOT).free / 1e9
        if not ready and free < NEEDED_GB:
            raise CannotSetUp(f"Only {free:.1f} GB of disk are free; the first set-up needs {NEEDED_GB} GB. Make room and run this again.")
        app = find_python([(3, 11), (3, 12), (3, 13)], "Sendline")
        rasa = find_python([(3, 10)], "Rasa 3.6.21, the last of its line,")
        make(".venv", app, ROOT / "requirements.lock", "app", editable=True)
        make(".venv-rasa", rasa, ROOT / "bot" / "rasa" / "requirements.lock", "Rasa")
    except CannotSetUp as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run it again and it goes on where it was.", file=sys.stderr)
        return 1
    print(f"  environments    {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
