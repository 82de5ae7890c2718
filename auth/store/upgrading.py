"""Brings a database to the newest shape."""

from pkgutil import iter_modules

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select, text

from auth.store.database import Database
from auth.store.migrations import versions
from auth.store.tables import Base

_KEPT_IN = Table(
    "sign_on_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="sign_on_version_pkc"),
)
"""Alembic's table, by a name of ours: the database may also hold others' tables."""
_LOCK = 0x746F6E67  # any number, the same for all replicas


async def upgrade(database: Database) -> None:
    """Bring the database to the newest shape; several replicas may start at once, one after the other does it.

    A newer shape is left alone: migrations only add, so the version before goes on beside, and can be gone back to.
    """
    await database.change_shape(_to_head)


def _to_head(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if not inspect(connection).has_table(_KEPT_IN.name):
        _make(connection)
    elif str(connection.scalar(select(_KEPT_IN.c.version_num))) < newest():
        _migrate(connection)


def newest() -> str:
    """The version this code wants, by the names of the migrations (``v0002_client_origins``)."""
    return max(module.name for module in iter_modules(versions.__path__))[1:5]


def _make(connection: Connection) -> None:
    """Make a new database at once, just as the migrations would have: reading Alembic costs 9 MB that stay."""
    Base.metadata.create_all(connection, checkfirst=False)
    _KEPT_IN.create(connection)
    connection.execute(insert(_KEPT_IN).values(version_num=newest()))


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a tenth of a start, for nothing where the shape is the newest
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", "auth.store:migrations")
    config.attributes |= {"connection": connection, "version_table": _KEPT_IN.name}
    command.upgrade(config, "head")
