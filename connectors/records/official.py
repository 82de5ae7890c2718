"""Officials: people of the work app's address book."""

from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class OfficialRef(Record, frozen=True):
    """An official as a member's row names them; ``key`` as in ``Official``."""

    key: str
    employee_code: str


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
