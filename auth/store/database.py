"""The way to the database: SQLite by default, PostgreSQL for more than one machine."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool

from auth.store.sqlite import WRITES, in_memory, make_file, tune

T = TypeVar("T")
Work = Callable[[AsyncSession], Awaitable[T]]
"""What happens inside one transaction; may run again when another was first."""

_TRIES = 8
_SERIALIZATION_STATES = {"40001", "40P01"}  # PostgreSQL: could not serialize, deadlock


_AWAY_CLASSES = {"08", "53", "57"}  # PostgreSQL: no connection, no room for one, shutting down or starting


class StoreUnavailableError(Exception):
    """The database cannot be reached or is too busy; asking again may help."""


class Database:
    """One per process; owns the pool. Statements' parameters never reach a log or an error's words."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = create_async_engine(self._url, hide_parameters=True, **_pool_options(self._url))
        self._direct: Engine | None = None
        if self.is_sqlite:
            tune(self._engine.sync_engine)
            self._direct = None if in_memory(self._url) else _direct(self._url)
        self._reading = async_sessionmaker(self._engine, expire_on_commit=False)
        self._writing = async_sessionmaker(self._writing_engine, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def _writing_engine(self) -> AsyncEngine:
        return self._engine.execution_options(**{WRITES: True})

    async def read(self, work: Work[T]) -> T:
        """Run reads in one transaction; raises ``StoreUnavailableError``."""
        with _failures_told():
            async with self._reading() as session, session.begin():
                return await work(session)

    async def write(self, work: Work[T]) -> T:
        """Run a change in one transaction, again from the start when another made the same row first.

        Raises ``StoreUnavailableError``, also when eight runs were not enough.
        """

        async def written() -> T:
            async with self._writing() as session, session.begin():
                return await work(session)

        return await _until_first(written)

    async def write_plainly(self, change: Callable[[Connection], T]) -> T:
        """``write`` for what is done all the time and needs statements only: no session, no objects.

        On the embedded database all of it is one step of another thread, where ``write`` takes a dozen: most of what a
        small change costs there is waiting for threads. Once begun it is not cut off, whoever waits for it.
        """

        async def written() -> T:
            if self._direct is not None:
                return await asyncio.to_thread(_changed, self._direct, change)
            async with self._writing_engine.begin() as connection:
                return await connection.run_sync(change)

        return await _until_first(written)

    async def change_shape(self, change: Callable[[Connection], None]) -> None:
        """Run a change of the tables in one transaction; an embedded database is made here, with its folder."""
        with _failures_told():
            if self.is_sqlite and not in_memory(self._url):
                await asyncio.to_thread(make_file, Path(str(self._url.database)))
            async with self._writing_engine.begin() as connection:
                await connection.run_sync(change)

    async def aclose(self) -> None:
        """Let go of every connection."""
        await self._engine.dispose()
        if self._direct is not None:
            self._direct.dispose()


def _direct(url: URL) -> Engine:
    """The embedded database without a loop between; one change at a time."""
    engine = create_engine(
        url.set(drivername="sqlite"), hide_parameters=True, poolclass=QueuePool, pool_size=1, max_overflow=0
    )
    tune(engine)
    return engine.execution_options(**{WRITES: True})


def _changed(engine: Engine, change: Callable[[Connection], T]) -> T:
    with engine.begin() as connection:
        return change(connection)


async def _until_first(written: Callable[[], Awaitable[T]]) -> T:
    """Run a transaction again from the start where another was first."""
    for _ in range(_TRIES):
        try:
            with _failures_told():
                return await written()
        except DBAPIError as error:
            if not _is_conflict(error):
                raise
    raise StoreUnavailableError("too many writers of the same rows")


def _pool_options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        waits = {"timeout": 5, "command_timeout": 10}
        return {"pool_size": 10, "max_overflow": 10, "pool_timeout": 5, "pool_pre_ping": True, "connect_args": waits}
    if in_memory(url):
        # a database in memory is one connection's own: all share it, one after the other
        return {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
    return {"pool_size": 5, "max_overflow": 5, "pool_timeout": 5}


def _is_conflict(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _SERIALIZATION_STATES


@contextmanager
def _failures_told() -> Iterator[None]:
    """Turn whatever a lost database looks like into one error."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if _is_conflict(error):
            raise
        raise StoreUnavailableError(type(error.orig).__name__) from error
    except DBAPIError as error:  # what asyncpg has no class of its own for
        if (getattr(error.orig, "sqlstate", None) or "")[:2] not in _AWAY_CLASSES:
            raise
        raise StoreUnavailableError(type(error.orig).__name__) from error
    except (PoolTimeoutError, sqlite3.OperationalError, OSError) as error:
        raise StoreUnavailableError(type(error).__name__) from error
