"""Servers that tests start for themselves, and how a test asks for one."""

import os
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest

REQUIRE_ALL = "TONGXIN_REQUIRE_ALL"


def require(condition: object, reason: str) -> None:
    """Skip the test, with its reason, where what it needs is missing; a failure where everything must be there."""
    if not condition:
        _missing(reason)


def _missing(reason: str) -> NoReturn:
    if os.environ.get(REQUIRE_ALL) == "1":
        pytest.fail(f"{REQUIRE_ALL}=1, but {reason}")
    pytest.skip(reason)


def free_port() -> int:
    """A port nobody listens on, for a server that will in a moment.

    Drawn below those the system hands out by itself: neither a connection nor a server of another test, which asks
    the system for any port, takes it meanwhile.
    """
    draw = random.SystemRandom()
    while True:
        port = draw.randrange(12_000, 32_000)
        with socket.socket() as sock:
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


@dataclass(frozen=True)
class PostgreSQL:
    """A cluster of our own, reachable by its socket only."""

    binaries: Path
    folder: Path
    as_owner: tuple[str, ...] = ()
    emptied: list[str] = field(default_factory=list)
    ready: list[str] = field(default_factory=list)
    """Databases with our tables and nothing in them (``tests/auth/conftest.py``)."""

    def new_database(self) -> str:
        """Make an empty database and answer its URL."""
        name = f"t_{uuid4().hex}"
        self._told("createdb", name)
        return f"postgresql+asyncpg://postgres@/{name}?host={self.folder}"

    @contextmanager
    def lent_database(self) -> Iterator[str]:
        """The URL of an empty database, for as long as the block runs.

        Emptied it is lent again, since a thousand files make a database. One that somebody still holds on to is not.
        """
        url = self.emptied.pop() if self.emptied else self.new_database()
        yield url
        name = _name_in(url)
        empty = "SET lock_timeout = '1s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        with suppress(subprocess.CalledProcessError):
            self._told("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--command={empty}", name)
            self.emptied.append(url)

    def start(self) -> None:
        """Start it, with what was in it."""
        options = {"listen_addresses": "''", "unix_socket_directories": self.folder, "fsync": "off"}
        quick = " ".join(f"-c {name}={value}" for name, value in options.items())
        self._controlled("-w", "-l", self.folder / "log", "-o", f"{quick} -c full_page_writes=off", "start")

    def stop(self) -> None:
        """End it without waiting for anybody who is connected."""
        self._controlled("-w", "-m", "immediate", "stop")

    def _controlled(self, *arguments: str | Path) -> None:
        _run(list(self.as_owner), self.binaries / "pg_ctl", "-D", self.folder / "data", *arguments)

    def dump(self, url: str, file: Path) -> None:
        """Write a database to a file, as it is this moment, while others go on."""
        self._told("pg_dump", "--format=custom", f"--file={file}", _name_in(url))

    def restored(self, file: Path) -> str:
        """The URL of a new database made of such a file."""
        url = self.new_database()
        self._told("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={_name_in(url)}", str(file))
        return url

    def _told(self, program: str, *arguments: str) -> None:
        where = ["--host", self.folder, "--username", "postgres"]
        subprocess.run([self.binaries / program, *where, *arguments], check=True, capture_output=True)


def _name_in(url: str) -> str:
    return url.removeprefix("postgresql+asyncpg://postgres@/").partition("?")[0]


def postgresql_binaries() -> Path | None:
    """Where initdb and its kin are: on the path, or where Debian puts them."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """Start a temporary cluster; skips or fails by ``require`` where there is none to start."""
    binaries = postgresql_binaries()
    if binaries is None:
        _missing("PostgreSQL is not installed (initdb not found)")
    as_owner = _as_owner()
    folder = Path(tempfile.mkdtemp(prefix="tongxin-pg-"))
    try:
        if as_owner:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        _run(
            as_owner, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        cluster = PostgreSQL(binaries, folder, tuple(as_owner))
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner() -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the user its package made."""
    if os.geteuid() != 0:
        return []
    runuser = shutil.which("runuser")
    require(runuser, "PostgreSQL cannot run as root, and runuser is missing")
    return [str(runuser), "-u", "postgres", "--"]


def _run(as_owner: list[str], *command: str | Path) -> None:
    # from the root folder: the current one may be closed to that user
    subprocess.run([*as_owner, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")
