"""Lets platforms say who somebody is: each kind of ticket goes to the platform that gave it."""

from collections.abc import Sequence

import structlog

from auth.refusals import OAuthError, Refusal
from connectors.errors import NotAllowedError, NotFoundError, PlatformError, RejectedInputError, SignInNeededError
from connectors.ports import SignIn
from connectors.records.identity import Identity, TicketForm
from connectors.viewer import Ask

_TICKET_IS_BAD = (SignInNeededError, RejectedInputError, NotAllowedError, NotFoundError)
_log = structlog.get_logger(__name__)


class Broker:
    """Knows which platform takes which kind of ticket; one per process."""

    def __init__(self, signins: Sequence[SignIn]) -> None:
        self._by_form = {form: signin for signin in signins for form in signin.forms}
        if len(self._by_form) != sum(len(signin.forms) for signin in signins):
            raise ValueError("two platforms take the same kind of ticket")

    @property
    def forms(self) -> frozenset[TicketForm]:
        """The kinds of tickets that can be handed in."""
        return frozenset(self._by_form)

    async def identity(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:
        """Hand a ticket in, which uses it up.

        Raises ``OAuthError``: the ticket is no good, or its platform cannot be asked.
        """
        signin = self._by_form.get(form)
        if signin is None:
            raise OAuthError(Refusal.UNKNOWN_TICKET_TYPE)
        try:
            return await signin.sign_in(form, ticket, ask)
        except PlatformError as error:
            _log.warning("sign_in_failed", platform=error.platform, operation=error.operation, code=error.code)
            bad = isinstance(error, _TICKET_IS_BAD)
            raise OAuthError(Refusal.BAD_TICKET if bad else Refusal.UNAVAILABLE) from error
