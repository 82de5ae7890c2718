"""What an operator orders of a platform's breaker, and how long what is kept may stand in."""

from dataclasses import dataclass

from connectors.records.health import BreakerState


@dataclass(frozen=True, slots=True)
class Order:
    """Calls are refused (OPEN) or made whatever happens (CLOSED); ``by`` whom, ``until`` when by the meter's clock."""

    state: BreakerState
    by: str
    until: float


class Extension:
    """Until when what was kept of a platform stands in beyond its time, by the meter's clock."""

    __slots__ = ("until",)

    def __init__(self) -> None:
        self.until = 0.0


NEVER_EXTENDED = Extension()
