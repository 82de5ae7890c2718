"""One replica after the other, where two that look at the same moment would both find nothing there."""

from sqlalchemy import Connection, text

_WAIT = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def take_turn(connection: Connection, name: str) -> None:
    """Let nobody else with that name on before this transaction ends; an embedded database has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_WAIT, {"name": name})
