"""What the gateway's own application has on a platform: the range it may read, tickets for pages in the app."""

from typing import Protocol, runtime_checkable

from connectors.records.authorised_range import AuthorisedRange
from connectors.records.bridge_ticket import BridgeTicket
from connectors.viewer import Ask


@runtime_checkable
class AuthorisedRangeSource(Protocol):
    """Knows which part of its address book the platform lets the application read."""

    async def authorised_range(self, ask: Ask) -> AuthorisedRange:
        """Ask the platform; raises ``PlatformError``."""


@runtime_checkable
class BridgeTicketSource(Protocol):
    """Gives pages inside the platform's app what they need to use its bridge."""

    async def bridge_ticket(self, ask: Ask) -> BridgeTicket:
        """The ticket that holds now; raises ``PlatformError``."""
