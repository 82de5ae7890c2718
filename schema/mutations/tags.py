"""Tags of what was read before of people and of things a record names (``connectors/freshness.py``)."""

from typing import Any


def of_members(members: Any) -> tuple[str, ...]:
    """Of each of these members; what could not be read of a record names nobody."""
    named = members if isinstance(members, tuple) else (members,)
    keys = [getattr(one, "key", None) for one in named]
    return tuple(f"member:{key}" for key in keys if isinstance(key, str))
