"""What a platform tells when something changed there: never more than a hint to read again."""

import enum

from connectors.records.record import Record


class HintKind(enum.Enum):
    """What changed."""

    EMPLOYEE = "EMPLOYEE"
    ORGANIZATION = "ORGANIZATION"


class Hint(Record, frozen=True):
    """Something that should be read again; ``key`` is an employee or organisation code.

    Nobody signed it: nothing may be changed by it, only read again from the platform.
    """

    kind: HintKind
    key: str
