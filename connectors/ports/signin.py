"""Signing in by a platform."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from connectors.records.identity import Identity, TicketForm
from connectors.records.sign_in_leg import Binding, Way
from connectors.viewer import Ask


@runtime_checkable
class SignIn(Protocol):
    """Turns a platform's ticket or code into an identity, whoever brings it."""

    forms: tuple[TicketForm, ...]

    async def sign_in(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:
        """Hand the ticket in. Raises ``SignInNeededError`` for a used, ended or foreign one, else ``PlatformError``."""


@runtime_checkable
class SignInPage(Protocol):
    """Signs a browser in by the platform's own page, which sends it back to ``/login/<platform>/callback``."""

    ways: tuple[Way, ...]
    """Those somebody registered an application for, in the order they are offered."""

    def is_inside(self, user_agent: str) -> bool:
        """Whether that browser is the platform's own app, by its word: it decides nothing but an order."""

    async def sign_in_page(self, form: TicketForm, binding: Binding, ask: Ask, *, user_agent: str = "") -> str:
        """The page's address for one leg; the binding's state comes back beside the ticket, unchanged.

        Raises ``NotConfiguredError`` where nobody registered an application for that form, else ``PlatformError``.
        """

    def state_in(self, form: TicketForm, sent: Mapping[str, str]) -> str | None:
        """Read the state out of what the browser brought back; None where there is none."""

    async def come_back(self, form: TicketForm, sent: Mapping[str, str], binding: Binding, ask: Ask) -> Identity:
        """Sign in by what the browser brought back, once its state was found to be the binding's.

        Raises:
            NotAllowedError: the person declined, or the platform knows them and says no.
            SignInNeededError: there is no ticket, or it is used, ended or foreign.
            PlatformError: else.
        """
