"""Village forms (村社报表): filled from data that offices hold already, and only confirmed by hand."""

import enum
from datetime import date, datetime

from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class VillageFormStatus(enum.Enum):
    """Where a form stands: 已预填, 已确认, 已上报."""

    PREFILLED = "PREFILLED"
    CONFIRMED = "CONFIRMED"
    SUBMITTED = "SUBMITTED"


class VillageFormField(Record, frozen=True):
    """One line; ``origin`` is the data it was filled from, None where it has to be filled by hand."""

    name: str
    value: str | None
    origin: str | None
    updated_at: datetime | None


class VillageForm(Record, frozen=True):
    """What one village tells one office for one period; ``filled_share`` came from data, 0 to 1."""

    key: str
    title: str
    period: str
    status: VillageFormStatus
    region_key: str
    grid_key: str
    village: str
    asked_by: OrganizationRef
    due_on: date
    filled_share: float
    fields: tuple[VillageFormField, ...]


class VillageFormQuery(Record, frozen=True):
    """Which forms; None: any. Those due latest first."""

    region_key: str | None = None
    status: VillageFormStatus | None = None
