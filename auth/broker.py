"""Lets platforms say who somebody is: a ticket goes to the platform that gave it, a browser to the platform's page."""

from collections.abc import Mapping, Sequence

import structlog

from auth.audit import Act, Audit
from auth.refusals import OAuthError, Refusal
from connectors.errors import NotAllowedError, NotFoundError, PlatformError, RejectedInputError, SignInNeededError
from connectors.ports import SignIn, SignInPage
from connectors.records.identity import Identity, TicketForm
from connectors.records.sign_in_leg import Binding, Way
from connectors.viewer import Ask

_TICKET_IS_BAD = (SignInNeededError, RejectedInputError, NotAllowedError, NotFoundError)
_log = structlog.get_logger(__name__)


class Broker:
    """Knows which platform takes which kind of ticket, and whose page signs in how; one per process."""

    def __init__(self, signins: Sequence[SignIn], pages: Sequence[SignInPage], audit: Audit) -> None:
        self._by_form = {form: signin for signin in signins for form in signin.forms}
        if len(self._by_form) != sum(len(signin.forms) for signin in signins):
            raise ValueError("two platforms take the same kind of ticket")
        self._pages = {(way.platform, way.form): (way, page) for page in pages for way in page.ways}
        self._audit = audit

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
            self._failed(error, form)
            bad = isinstance(error, _TICKET_IS_BAD)
            raise OAuthError(Refusal.BAD_TICKET if bad else Refusal.UNAVAILABLE) from error

    def ways(self, user_agent: str = "") -> list[Way]:
        """The ways in by a page, in their order; inside a platform's own app that platform's come first."""
        found = list(self._pages.values())
        return [way for way, _ in sorted(found, key=lambda entry: not entry[1].is_inside(user_agent))]

    def way(self, platform: str, form: str | None) -> Way | None:
        """A platform's way in of that form, its first where none is named; None where there is none."""
        mine = (way for way in self.ways() if way.platform == platform)
        return next((way for way in mine if form in {None, way.form.value}), None)

    async def page(self, way: Way, binding: Binding, ask: Ask, user_agent: str) -> str:
        """The address of a platform's page; raises ``PlatformError``."""
        try:
            return await self._page(way).sign_in_page(way.form, binding, ask, user_agent=user_agent)
        except PlatformError as error:
            self._failed(error, way.form)
            raise

    def state_in(self, way: Way, sent: Mapping[str, str]) -> str | None:
        """The state a browser brought back."""
        return self._page(way).state_in(way.form, sent)

    async def come_back(self, way: Way, sent: Mapping[str, str], binding: Binding, ask: Ask) -> Identity:
        """Sign in by what a browser brought back; raises ``PlatformError`` as ``SignInPage.come_back``."""
        try:
            return await self._page(way).come_back(way.form, sent, binding, ask)
        except PlatformError as error:
            self._failed(error, way.form)
            raise

    def _page(self, way: Way) -> SignInPage:
        return self._pages[way.platform, way.form][1]

    def _failed(self, error: PlatformError, form: TicketForm) -> None:
        _log.warning("sign_in_failed", platform=error.platform, operation=error.operation, code=error.code)
        self._audit.note(Act.SIGN_IN_REFUSED, platform=error.platform, form=form.value, code=error.code)
