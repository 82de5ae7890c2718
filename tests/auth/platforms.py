"""Small platforms for tests of sign-on: tickets that work once, a duty registry, an address book."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connectors.errors import PlatformError, SignInNeededError, UnreachableError
from connectors.records.identity import Identity, TicketForm
from connectors.records.member import Member, Sector
from connectors.records.official import Official, Position
from connectors.records.organization import Committee, OrganizationLevel, OrganizationRef
from connectors.viewer import Ask

ID_NUMBER = "000000190001010017"
MOBILE = "13800000017"
OFFICE = "GO_office"
BUREAU = "GO_bureau"

CHEN_CITIZEN = Identity("zheliban", "u-chen", "陈大友", level=2, id_number=ID_NUMBER, mobile=MOBILE)
CHEN_WORK = Identity("zhezhengding", "10000001", "陈大友", tenant_id=100001, employee_code="GE_chen")
LIN_CITIZEN = Identity("zheliban", "u-lin", "林小满", level=2, id_number="000000190001010025", mobile="13800000025")
ZHOU_WORK = Identity("zhezhengding", "10000002", "周明", tenant_id=100001, employee_code="GE_zhou")


@dataclass
class TicketDesk:
    """A platform's sign-in: each ticket is taken once; ``ill`` is what it answers while it is down."""

    forms: tuple[TicketForm, ...]
    ill: PlatformError | None = None
    tickets: dict[str, Identity] = field(default_factory=dict)
    given: int = 0

    def ticket(self, identity: Identity) -> str:
        """Give out a ticket."""
        self.given += 1
        ticket = f"ticket-{self.forms[0]}-{self.given}"
        self.tickets[ticket] = identity
        return ticket

    async def sign_in(self, form: TicketForm, ticket: str, ask: Ask) -> Identity:
        """Take a ticket."""
        assert ask.deadline.remaining() > 0
        if self.ill is not None:
            raise self.ill
        if form not in self.forms or ticket not in self.tickets:
            raise SignInNeededError("desk", "sign_in", "unknown ticket")
        return self.tickets.pop(ticket)


@dataclass
class DutyRegistry:
    """Members by ID number and employee code, and the committees."""

    by_id_number: dict[str, str] = field(default_factory=dict)
    by_employee: dict[str, str] = field(default_factory=dict)
    by_key: set[str] = field(default_factory=set)
    down: bool = False
    asked: list[Identity] = field(default_factory=list)

    async def find_members(self, identities: Sequence[Identity], ask: Ask) -> Sequence[Member | PlatformError | None]:
        """Find members by what proves them."""
        assert ask.deadline.remaining() > 0
        self.asked += identities
        return [self._find(identity) for identity in identities]

    def _find(self, identity: Identity) -> Member | PlatformError | None:
        if self.down:
            return UnreachableError("duty", "find_members")
        key = self.by_id_number.get(identity.id_number or "") or self.by_employee.get(identity.employee_code or "")
        told = identity.member_key if identity.member_key in self.by_key else None
        return member(key or told or "") if key or told else None

    async def load_committees(self, keys: Sequence[str], ask: Ask) -> Sequence[Committee | PlatformError | None]:
        """Know one committee."""
        assert ask.deadline.remaining() > 0
        if self.down:
            return [UnreachableError("duty", "load_committees") for _ in keys]
        return [committee() if key == OFFICE else None for key in keys]


@dataclass
class AddressBook:
    """Posts by employee code: pairs of unit and listing organisation."""

    posts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    down: bool = False

    async def load_officials(self, keys: Sequence[str], ask: Ask) -> Sequence[Official | PlatformError | None]:
        """Know nobody by more than their posts."""
        assert ask.deadline.remaining() > 0
        return [None for _ in keys]

    async def load_positions(self, keys: Sequence[str], ask: Ask) -> Sequence[tuple[Position, ...] | PlatformError]:
        """Read posts."""
        assert ask.deadline.remaining() > 0
        if self.down:
            return [UnreachableError("zhezhengding", "positions") for _ in keys]
        return [tuple(position(key, *codes) for codes in self.posts.get(key, [])) for key in keys]


def position(employee_code: str, unit_code: str, organization_code: str) -> Position:
    """A post."""
    return Position(
        employee_code=employee_code,
        organization_code=organization_code,
        unit_code=unit_code,
        title="科员",
        office_phone=None,
        main=True,
    )


def member(key: str) -> Member:
    """A member of the committee."""
    return Member(
        key=key,
        name="陈大友",
        sector=Sector(code="01", name="教育界"),
        organization=OrganizationRef(key=OFFICE),
        term=1,
        tenant_id=100001,
        employee_code=None,
        official=None,
        portrait_path=None,
    )


def committee() -> Committee:
    """The one committee there is."""
    return Committee(key=OFFICE, name="市政协", level=OrganizationLevel.MUNICIPAL, region_key="331000", member_count=1)
