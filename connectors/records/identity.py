"""Who somebody proved to be on one platform."""

import enum
from dataclasses import dataclass, field


class TicketForm(enum.StrEnum):
    """How a person was brought here: what kind of ticket or code is handed in."""

    ZHELIBAN_UNIFIED = "zheliban-unified"
    ZHEZHENGDING_APP = "zhezhengding-app"


@dataclass(frozen=True, slots=True)
class Identity:
    """An account on a platform, fresh from its sign-in; lives for that sign-in only, and is not stored as it is.

    ``subject`` is the stable account; ``level`` the authentication level (design: unknown 1, unified sign-on with
    an ID number 2). ``id_number`` is dropped once the duty registry was asked for its digest.
    """

    platform: str
    subject: str
    name: str
    level: int = 1
    id_number: str | None = field(default=None, repr=False)
    mobile: str | None = field(default=None, repr=False)
    tenant_id: int | None = None
    employee_code: str | None = None
