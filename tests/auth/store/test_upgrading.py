"""A database is brought to the newest shape: a new one at once, an older one by its migrations."""

import ast
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store import Database, upgrade
from auth.store.migrations import versions
from auth.store.tables import Base, PersonRow
from auth.store.upgrading import newest

T = TypeVar("T")
Migrating = Callable[[str], Awaitable[Database]]


@pytest.fixture
async def migrating(database_url: str) -> AsyncIterator[Migrating]:
    """An empty database, brought to a version by the migrations."""
    database = Database(database_url)

    async def migrated(version: str) -> Database:
        def run(connection: Connection) -> None:
            config = _config()
            config.attributes |= {"connection": connection, "version_table": "sign_on_version"}
            command.upgrade(config, version)

        await database.change_shape(run)
        return database

    yield migrated
    await database.aclose()


async def test_migrations_make_the_tables_the_code_knows(migrating: Migrating) -> None:
    """After all migrations nothing is left to change between the database and the tables of the code."""
    found: list[object] = []

    def compared(connection: Connection) -> None:
        context = MigrationContext.configure(connection, opts={"version_table": "sign_on_version"})
        found.extend(compare_metadata(context, Base.metadata))

    await (await migrating("head")).change_shape(compared)

    assert found == []


async def test_a_new_database_is_as_migrations_would_have_made_it(migrating: Migrating) -> None:
    """Although no migration runs: types, defaults, keys, constraints and indexes are the same, by the same names."""
    database = await migrating("head")
    migrated = await _looked(database, _shape)
    await database.change_shape(_drop_all)

    await upgrade(database)

    assert len(migrated) > 25
    assert await _looked(database, _shape) == migrated


async def test_an_older_database_is_brought_up_to_date(migrating: Migrating) -> None:
    """By its migrations, and what it holds stays."""
    older = await migrating("0004")
    await older.write(_with_somebody)

    await upgrade(older)

    assert await older.read(_version) == _newest()
    assert await older.read(lambda session: session.scalar(select(PersonRow.id))) == "p_1"
    assert "write_effect" in await _looked(older, _shape)


async def test_replicas_that_upgrade_at_once_end_up_with_one_shape(database_url: str) -> None:
    """Several processes that start on an empty database do not get into each other's way."""
    replicas = [Database(database_url) for _ in range(3)]

    await asyncio.gather(*(upgrade(replica) for replica in replicas))

    versions = [await replica.read(_version) for replica in replicas]
    for replica in replicas:
        await replica.aclose()
    assert versions == [_newest()] * 3


async def test_a_newer_shape_is_left_alone(migrating: Migrating) -> None:
    """The version before goes on beside the next one, and can be gone back to."""
    database = await migrating("head")
    later = text("UPDATE sign_on_version SET version_num = '9999'")
    await database.write(lambda session: session.execute(later))

    await upgrade(database)

    version = text("SELECT version_num FROM sign_on_version")
    assert await database.read(lambda session: session.scalar(version)) == "9999"


@pytest.mark.parametrize("file", sorted(Path(versions.__path__[0]).glob("v*.py")), ids=lambda path: path.stem)
def test_migrations_only_add(file: Path) -> None:
    """Tables, indexes, and columns that the version before need not know of: it still runs meanwhile."""
    calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    done = [call for call in calls if ast.unparse(call.func).startswith("op.")]

    assert {ast.unparse(call.func) for call in done} <= {"op.create_table", "op.create_index", "op.add_column", "op.f"}
    for call in done:
        if ast.unparse(call.func) == "op.add_column":
            words = ast.unparse(call)
            assert "server_default" in words or "nullable=False" not in words


def test_the_newest_version_is_known_without_alembic() -> None:
    """The names of the migrations tell the version that Alembic would bring a database to."""
    assert newest() == _newest()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "auth.store:migrations")
    return config


def _newest() -> str:
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _drop_all(connection: Connection) -> None:
    Base.metadata.drop_all(connection)
    connection.execute(text("DROP TABLE sign_on_version"))


async def _looked(database: Database, look: Callable[[Connection], T]) -> T:
    found: list[T] = []
    await database.change_shape(lambda connection: found.append(look(connection)))
    return found[0]


def _shape(connection: Connection) -> dict[str, object]:
    """All a table is but the order of its columns, which a migration cannot choose."""
    seen = inspect(connection)
    return {
        table: (
            sorted(map(str, seen.get_columns(table))),
            str(seen.get_pk_constraint(table)),
            sorted(map(str, seen.get_foreign_keys(table))),
            sorted(map(str, seen.get_unique_constraints(table))),
            sorted(map(str, seen.get_indexes(table))),
            sorted(map(str, seen.get_check_constraints(table))),
        )
        for table in seen.get_table_names()
    }


async def _version(session: AsyncSession) -> str | None:
    return await session.scalar(text("SELECT version_num FROM sign_on_version"))


async def _with_somebody(session: AsyncSession) -> None:
    session.add(PersonRow(id="p_1", created_at=datetime.now(UTC)))
