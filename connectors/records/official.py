"""Officials: people of the work app's address book."""

from msgspec import UNSET, UnsetType

from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class OfficialRef(Record, frozen=True):
    """An official as another row names them; ``key`` as in ``Official``."""

    key: str
    employee_code: str
    name: str | UnsetType = UNSET


class Official(Record, frozen=True):
    """A person of the address book; ``key`` is ``<employeeCode>`` or ``<employeeCode>@<directoryCode>``.

    The second part names the organisation in whose directory the position stands, so that the positions of many
    people can be asked in one call (wire-formats A5, listOrgEmployeePositionsByCodes).
    """

    key: str
    employee_code: str
    name: str
    title: str | None
    office_phone: str | None
    organization: OrganizationRef | None


class Position(Record, frozen=True):
    """One post of an official: the organisation it is listed under and the unit it belongs to."""

    employee_code: str
    organization_code: str
    unit_code: str | None
    title: str | None
    office_phone: str | None
    main: bool


class OfficialListing(Record, frozen=True):
    """A person as a search finds them; ``key`` as in ``Official``, which tells their post."""

    key: str
    employee_code: str
    name: str


class OfficialSearch(Record, frozen=True):
    """Whom to look for: a part of the name, in one organisation or, with ``cascade``, also in all below it."""

    text: str
    unit_key: str
    cascade: bool = True


class OfficialAccount(Record, frozen=True):
    """The account with which somebody uses the work app; ``key`` is their employee code.

    ``account_id`` is what messages and to-dos are addressed to.
    """

    key: str
    account_id: int
