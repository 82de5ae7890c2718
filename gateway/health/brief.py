"""How a platform is, without the counts of its operations: cheap enough to be looked at every second."""

from dataclasses import dataclass
from datetime import datetime

from connectors.records.health import ConnectorStatus, Credential


@dataclass(frozen=True, slots=True)
class Brief:
    """Each as in ``ConnectorHealth``."""

    key: str
    configured: bool
    status: ConnectorStatus
    since: datetime
    clock_difference_seconds: float
    credentials: tuple[Credential, ...]
