"""Gives out tickets, to pages and by the control path, and knows whom each is for."""

from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.companies import CompanyAccount
from connectors.zheliban.sandbox.components import Scene
from connectors.zheliban.sandbox.tickets import Book

TEST_PERSON = PersonSeed(
    "test-person", "测试甲", "1", "000000190001010000", "13800000000", ("citizen",), "u-demo-0001", None
)
"""Whom every ticket of an application means that is not published yet (wire-formats B5)."""

_ANONYMOUS, _BASIC = 10, 3  # every tenth citizen is not real-named, every third of the others not face-verified


class TicketDesk:
    """The books of all forms; one per sandbox."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        knobs = scene.settings.sandbox
        debug = "" if knobs.published else "debug_"
        self.unified_tickets = Book(f"{debug}tk_", knobs.ticket_seconds)
        self.unified_tokens = Book(f"{debug}at_", knobs.token_seconds)
        self.classic_tickets = Book("st-", knobs.ticket_seconds)
        self.classic_tokens = Book("ct-", knobs.token_seconds)
        self.sso_tokens = Book("sso-", knobs.ticket_seconds)

    def issue(self, person: str, form: str | None) -> str | None:
        """A ticket by the control path (wire-formats F1); None for nobody who has such an account.

        A classic one can be handed in directly and through IRS, as the control path names no application.
        Raises ``ValueError`` for another form.
        """
        match form or "uc":
            case "uc":
                return self.unified(person, self._scene.settings.app_id)
            case "classic":
                return self.classic(person, None)
            case "esso":
                return self.company(person)
        raise ValueError("the forms of ticket here are uc, classic and esso")

    def unified(self, person: str, app_id: str) -> str | None:
        """A ``ticketId`` of the unified sign-on."""
        if person not in self._scene.people and person not in self._scene.companies:
            return None
        holder = person if self._scene.settings.sandbox.published else TEST_PERSON.id
        return self.unified_tickets.issue(holder, app_id, self._scene.clock())

    def classic(self, person: str, servicecode: str | None) -> str | None:
        """A ``ticket`` of the classic sign-on, which companies do not use."""
        if person not in self._scene.people:
            return None
        return self.classic_tickets.issue(person, servicecode, self._scene.clock())

    def company(self, account: str) -> str | None:
        """An ``ssotoken`` of the companies' sign-on."""
        if account not in self._scene.companies:
            return None
        return self.sso_tokens.issue(account, None, self._scene.clock())

    def holder(self, name: str) -> PersonSeed | CompanyAccount | None:
        """Whom a ticket's holder is."""
        if name == TEST_PERSON.id:
            return TEST_PERSON
        return self._scene.people.get(name) or self._scene.companies.get(name)


def level_of(person: PersonSeed) -> str:
    """How well the platform knows somebody: 1 not real-named, 2 by documents, 3 in person (wire-formats B2)."""
    kind, _, serial = person.id.rpartition("-")
    if kind != "citizen" or not serial.isdigit():
        return "3"
    if int(serial) % _ANONYMOUS == 0:
        return "1"
    return "2" if int(serial) % _BASIC == 0 else "3"
