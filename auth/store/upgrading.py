"""Brings a database to the newest shape."""

from pkgutil import iter_modules

from sqlalchemy import Connection, String, column, inspect, select, table, text

from auth.store.database import Database
from auth.store.migrations import versions

_KEPT_IN = "sign_on_version"
"""The database also holds other parts' tables."""
_LOCK = 0x746F6E67  # any number, the same for all replicas


async def upgrade(database: Database) -> None:
    """Bring the database to the newest shape; several replicas may start at once, one after the other does it."""
    await database.change_shape(_to_head)


def _to_head(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if _version(connection) != newest():
        _migrate(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_KEPT_IN):
        return None
    return connection.scalar(select(column("version_num", String)).select_from(table(_KEPT_IN)))


def newest() -> str:
    """The version this code wants, by the names of the migrations (``v0002_client_origins``)."""
    return max(module.name for module in iter_modules(versions.__path__))[1:5]


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a tenth of a start, for nothing where the shape is the newest
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", "auth.store:migrations")
    config.attributes |= {"connection": connection, "version_table": _KEPT_IN}
    command.upgrade(config, "head")
