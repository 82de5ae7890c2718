"""Signing in by a platform."""

from typing import Protocol, runtime_checkable

from connectors.records.identity import Identity, TicketForm
from connectors.viewer import Ask


@runtime_checkable
class SignIn(Protocol):
    """Turns a platform's ticket or code into an identity."""

    forms: tuple[TicketForm, ...]

    async def sign_in(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:
        """Hand the ticket in. Raises ``SignInNeededError`` for a used, ended or foreign one, else ``PlatformError``."""


@runtime_checkable
class SignInPage(Protocol):
    """Knows where a browser is sent to sign in; the platform sends it back with a ticket of that form."""

    forms: tuple[TicketForm, ...]

    def sign_in_page(self, form: TicketForm, state: str) -> str:
        """The page's address; ``state`` comes back beside the ticket, unchanged.

        Raises ``NotConfiguredError`` where nobody registered an application for that form.
        """
