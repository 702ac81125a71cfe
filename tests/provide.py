"""Provide what the tests need of a machine, from Python's own library alone.

python tests/provide.py tools                          look for the programs, install what is missing
python tests/provide.py postgres [--durable] -- CMD    run CMD beside a private PostgreSQL, and stop it after
"""

import argparse
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

TESTS = Path(__file__).resolve().parent
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
DURABLE = {"shared_buffers": "512MB", "max_wal_size": "4GB", "checkpoint_timeout": "15min"}
SECONDS_TO_START = 120
SECONDS_TO_STOP = 30


class CannotProvide(Exception):
    """What is missing, in one clear sentence (zh and en)."""


# --- programs --------------------------------------------------------------------------------------------------------


def postgres_folder() -> Path | None:
    """Where PostgreSQL's own programs are: the newest packaged version, else what PATH knows."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    if packaged:
        return packaged[-1].parent
    known = shutil.which("initdb")
    return Path(known).resolve().parent if known else None


def chromium() -> str | None:
    """The system's Chromium, by any of the names that systems give it."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("GONGFEN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def hledger() -> str | None:
    return shutil.which("hledger")


PROGRAMS = {
    "postgresql": (postgres_folder, "PostgreSQL"),
    "chromium": (chromium, "Chromium"),
    "hledger": (hledger, "hledger"),
}


def needed() -> list[str]:
    """What this tree's tests use: PostgreSQL always, a browser and hledger where a test says so."""
    told = [file.read_text(encoding="utf-8") for file in TESTS.rglob("test_*.py") if file.name != "test_workshop.py"]
    wants = {"chromium": "mark.browser", "hledger": "hledger"}
    return ["postgresql", *(name for name, word in wants.items() if any(word in text for text in told))]


def missing_sentence(package: str) -> str:
    name = PROGRAMS[package][1]
    return (
        f"测试需要 {name}，请先安装（Debian、Ubuntu：sudo apt install {package}）。 · "
        f"The tests need {name}; please install it first (Debian, Ubuntu: sudo apt install {package})."
    )


def install(package: str) -> None:
    """Install a missing program where we may: as root on a system with apt-get."""
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or not apt:
        raise CannotProvide(missing_sentence(package))
    print(f"· 正在安装 {package} · installing {package}", flush=True)
    quietly = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    options = ["-qq", "-y", "-o", "DPkg::Lock::Timeout=300"]
    for step in (["update"], ["install", "--no-install-recommends", package]):
        done = subprocess.run([apt, *options, *step], env=quietly, capture_output=True, text=True)
    if done.returncode != 0 or PROGRAMS[package][0]() is None:
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)
        raise CannotProvide(missing_sentence(package))


def provide(package: str) -> None:
    if PROGRAMS[package][0]() is None:
        install(package)


# --- a private PostgreSQL --------------------------------------------------------------------------------------------


def plain_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: root lends it a user that may do little."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise CannotProvide(
        "PostgreSQL 不能以 root 运行，这里又没有 postgres 或 nobody 用户。 · "
        "PostgreSQL cannot run as root, and there is no user postgres or nobody here."
    )


def stop_with_parent() -> None:
    """Ask Linux to stop the server when we are killed without a word; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def make_cluster(programs: Path, folder: Path, *, durable: bool, as_user: dict[str, Any]) -> Path:
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "gongfen", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    made = subprocess.run(initdb, capture_output=True, text=True, cwd=folder, **as_user)
    if made.returncode != 0:
        raise CannotProvide(f"PostgreSQL 没建成 · PostgreSQL could not be made: {made.stderr.strip()}")
    settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "max_connections": "200"}
    settings |= DURABLE if durable else FAST
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    return data


def wait_until_ready(server: subprocess.Popen[bytes], data: Path, log: Path) -> None:
    """The server writes its own state into its pid file."""
    until = time.monotonic() + SECONDS_TO_START
    state = data / "postmaster.pid"
    while time.monotonic() < until and server.poll() is None:
        if state.exists() and state.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    raise CannotProvide(f"PostgreSQL 没启动 · PostgreSQL did not start: {log.read_text()[-2000:]}")


def stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


@contextmanager
def private_postgres(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL of our own in a folder that goes away: yields its address, stops it always."""
    provide("postgresql")
    programs = postgres_folder()
    assert programs is not None
    as_user = plain_user()
    folder = Path(tempfile.mkdtemp(prefix="gongfen-pg-", dir="/tmp"))
    if as_user:
        os.chown(folder, as_user["user"], as_user["group"])
    server = None
    try:
        data = make_cluster(programs, folder, durable=durable, as_user=as_user)
        log = folder / "log"
        with log.open("wb") as output:
            command = [programs / "postgres", "-D", data]
            server = subprocess.Popen(
                command, stdout=output, stderr=output, cwd=folder, preexec_fn=stop_with_parent, **as_user
            )
        wait_until_ready(server, data, log)
        yield f"postgresql://gongfen@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if server is not None:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def run_beside_postgres(command: list[str], *, durable: bool) -> int:
    with private_postgres(durable=durable) as address:
        child = subprocess.Popen(command, env={**os.environ, "GONGFEN_DATABASE": address})
        try:
            return child.wait()
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


def leave_on_signal(number: int, frame: object) -> None:
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    own, dashes, command = arguments, False, []
    if "--" in arguments:
        place = arguments.index("--")
        own, dashes, command = arguments[:place], True, arguments[place + 1 :]
    parser = argparse.ArgumentParser(prog="provide.py", description=__doc__)
    parser.add_argument("what", choices=["tools", "postgres"])
    parser.add_argument("--durable", action="store_true", help="as safe and as slow as a real server")
    asked = parser.parse_args(own)
    if asked.what == "postgres" and not (dashes and command):
        parser.error("postgres needs a command: provide.py postgres -- CMD")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave_on_signal)
    try:
        if asked.what == "postgres":
            return run_beside_postgres(command, durable=asked.durable)
        for package in needed():
            provide(package)
    except CannotProvide as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
