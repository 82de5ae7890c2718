"""What a platform lets the gateway's application read."""

from connectors.records.record import Record


class AuthorisedRange(Record, frozen=True):
    """The part of the address book the application may read (授权范围).

    ``unit_keys`` include all that lies below them; ``employee_codes`` are people named one by one.
    """

    unit_keys: tuple[str, ...]
    employee_codes: tuple[str, ...]
