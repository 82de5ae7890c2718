"""Counts every request once, by whoever is found to ask, and says when that is one too many."""

from starlette.types import Scope

from connectors.viewer import Viewer
from gateway.http.access import AccessEntry
from gateway.http.addresses import Addresses
from gateway.http.rate_headers import told_to
from gateway.http.security import Header
from gateway.limits.over_time import OverTimeSettings
from gateway.limits.rates import Rates, TooOftenError


class Turnstile:
    """One per process.

    Whoever shows a token is counted by it once it is found good, and by the address where the request is stopped before
    that: else nothing would hold up who sends invented tokens.
    """

    def __init__(self, rates: Rates | None = None, addresses: Addresses | None = None) -> None:
        self.rates = rates or Rates(OverTimeSettings())
        self.addresses = addresses or Addresses()

    def nobody(self, scope: Scope, entry: AccessEntry) -> None:
        """A request without a token. Raises ``TooOftenError``."""
        entry.counted = True
        self.rates.anonymous(self.addresses.of(scope))

    def somebody(self, viewer: Viewer, entry: AccessEntry) -> None:
        """A request whose token is good. Raises ``TooOftenError``."""
        entry.counted = True
        self.rates.request(viewer)

    def stopped(self, error: Exception, scope: Scope, entry: AccessEntry) -> Exception:
        """What stopped a request: what did, or that it was one too many."""
        if not entry.counted:
            try:
                self.nobody(scope, entry)
            except TooOftenError as one_too_many:
                return one_too_many
        return error

    def told_to(self, viewer: Viewer) -> tuple[Header, ...]:
        """The headers that tell who has a token what is left."""
        return told_to(viewer, self.rates)
