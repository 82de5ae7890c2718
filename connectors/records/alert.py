"""Alerts (预警) and the orders that follow them (联动指挥)."""

import enum
from datetime import datetime

from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class AlertKind(enum.Enum):
    """What it warns of."""

    HAZARDOUS_GOODS = "HAZARDOUS_GOODS"  # 危化品运输
    ILLEGAL_CONSTRUCTION = "ILLEGAL_CONSTRUCTION"  # 违章搭建
    FIRE = "FIRE"
    FLOOD = "FLOOD"
    TRAFFIC = "TRAFFIC"
    OTHER = "OTHER"


class AlertLevel(enum.Enum):
    """How grave it is: 红 橙 黄 蓝."""

    RED = "RED"
    ORANGE = "ORANGE"
    YELLOW = "YELLOW"
    BLUE = "BLUE"


class AlertStatus(enum.Enum):
    """Where it stands."""

    RAISED = "RAISED"
    VERIFYING = "VERIFYING"
    DISPATCHED = "DISPATCHED"
    RESOLVED = "RESOLVED"
    FALSE_ALARM = "FALSE_ALARM"


class DispatchStatus(enum.Enum):
    """Where an order that followed an alert stands."""

    ISSUED = "ISSUED"
    SIGNED_FOR = "SIGNED_FOR"
    HANDLING = "HANDLING"
    DONE = "DONE"


class Dispatch(Record, frozen=True):
    """What a unit was told to do about an alert; ``result`` once it is done."""

    key: str
    unit: OrganizationRef
    instruction: str
    status: DispatchStatus
    issued_at: datetime
    due_at: datetime
    finished_at: datetime | None
    result: str | None


class Alert(Record, frozen=True):
    """A warning; ``detected_by`` is the system or the people that noticed."""

    key: str
    kind: AlertKind
    level: AlertLevel
    status: AlertStatus
    title: str
    detected_by: str
    region_key: str
    grid_key: str
    raised_at: datetime
    resolved_at: datetime | None
    dispatches: tuple[Dispatch, ...]


class AlertQuery(Record, frozen=True):
    """Which alerts; None: any. Newest first."""

    region_key: str | None = None
    level: AlertLevel | None = None
    status: AlertStatus | None = None
