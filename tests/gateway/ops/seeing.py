"""Platforms as a look sees them, made up."""

from datetime import datetime

from connectors.records.health import ConnectorStatus, Credential
from gateway.health.brief import Brief
from gateway.ops.diagnosis import Cause
from gateway.ops.headline import Seen
from tests.gateway.health.invented import START


def seen(
    key: str,
    kind: str | None = None,
    *,
    status: ConnectorStatus | None = None,
    configured: bool = True,
    ahead: float = 0.0,
    days: int | None = None,
    since: datetime = START,
) -> Seen:
    """One platform; down where it has a cause and nothing else is said."""
    status = status or (ConnectorStatus.UP if kind is None else ConnectorStatus.DOWN)
    credentials = () if days is None else (Credential(what="secret", host=None, ends=START, days_left=days),)
    brief = Brief(key, configured, status, since, ahead, credentials)
    return Seen(brief, None if kind is None else Cause(kind, since), key, key)
