"""What SQLite needs to serve several at once."""

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event

WRITES = "tongxin_writes"
"""Execution option of a connection that is about to write."""

_PATIENCE_SECONDS = 5.0


def in_memory(url: URL) -> bool:
    """Whether the database is gone with its connection."""
    return url.database in {None, "", ":memory:"}


def make_file(path: Path) -> None:
    """Make the file where there is none, its owner's alone, and let readers go on beside a writer.

    The latter (WAL) stays with the file.
    SQLite does not wait for its turn here, as it does elsewhere: processes that start at once have to try again.
    Raises ``OSError``, ``sqlite3.OperationalError``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # what SQLite lays beside it takes the same mode; one that is there keeps its own
    end = time.monotonic() + _PATIENCE_SECONDS
    with closing(sqlite3.connect(path)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return


def tune(engine: Engine) -> None:
    """Patience instead of "locked", foreign keys, and transactions that say BEGIN."""

    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin transactions by itself, and too late
        for pragma in ("busy_timeout=5000", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    def on_begin(connection: Connection) -> None:
        # a reader that turns writer midway fails at once if another wrote: writers say so at the start
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    logging.getLogger("aiosqlite").setLevel(logging.WARNING)  # at DEBUG it writes down every parameter
    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
