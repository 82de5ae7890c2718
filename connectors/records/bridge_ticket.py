"""What a page inside a platform's app needs to use its bridge."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BridgeTicket:
    """The ticket with which a page proves that it may call the app; good for ``expires_in`` more seconds."""

    value: str = field(repr=False)
    expires_in: int
