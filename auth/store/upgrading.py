"""Brings a database to the newest shape."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from auth.store.database import Database

_LOCK = 0x746F6E67  # any number, the same for all replicas


async def upgrade(database: Database) -> None:
    """Bring the database to the newest shape; several replicas may start at once, one after the other does it."""
    await database.change_shape(_to_head)


def _to_head(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", "auth.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
