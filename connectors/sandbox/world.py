"""One invented world that the sandbox platforms share, so that a person is the same person on all of them.

Made from a seed: the same seed, scale and day give the same world. Each platform's folder derives its own data
from it (questions, shifts, address-book rows). Places are real (GB/T 2260), people are not.
"""

import enum
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from connectors.records.member import Sector
from connectors.records.organization import OrganizationLevel
from connectors.records.studio import StudioCategory

TENANT_ID = 100001


class Scale(enum.StrEnum):
    """How much there is."""

    COUNTY = "county"  # Taizhou and its nine counties: 40 studios, 400 members, 600 officials
    PROVINCE = "province"  # 102 organisations, 27,000 people


@dataclass(frozen=True, slots=True)
class CommitteeSeed:
    """A CPPCC committee. ``code`` is its unit in the address book, ``directory_code`` the node that lists members."""

    code: str
    directory_code: str
    name: str
    short_name: str
    level: OrganizationLevel
    region_code: str


@dataclass(frozen=True, slots=True)
class UnitSeed:
    """An organisation of the address book; ``type_code`` as in wire-formats A5."""

    code: str
    name: str
    short_name: str
    parent_code: str | None
    type_code: str
    region_code: str


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account on the work app."""

    account_id: int
    employee_code: str
    unit_code: str  # the unit the post belongs to
    organization_code: str  # the organisation the post is listed under
    title: str
    office_phone: str


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """Somebody. ``user_id`` is the citizen app's account, ``work`` the work app's; either may be missing."""

    id: str
    name: str
    gender: str
    id_number: str = field(repr=False)
    mobile: str = field(repr=False)
    roles: tuple[str, ...]
    user_id: str | None
    work: Account | None


@dataclass(frozen=True, slots=True)
class MemberSeed:
    """A committee member; ``studio_keys`` are the studios they belong to."""

    key: str
    person: PersonSeed
    committee: CommitteeSeed
    sector: Sector
    term: int


@dataclass(frozen=True, slots=True)
class StudioSeed:
    """A studio and its people, the convener first."""

    key: str
    name: str
    category: StudioCategory
    theme: str
    committee: CommitteeSeed
    introduction: str
    phone: str
    address: str
    members: tuple[MemberSeed, ...]


@dataclass(frozen=True)
class World:
    """Everything there is before anybody does anything."""

    seed: int
    today: datetime
    committees: tuple[CommitteeSeed, ...]
    units: tuple[UnitSeed, ...]
    members: tuple[MemberSeed, ...]
    officials: tuple[PersonSeed, ...]
    citizens: tuple[PersonSeed, ...]
    studios: tuple[StudioSeed, ...]

    def random(self, purpose: str) -> Random:
        """A generator of its own per purpose: data of one platform do not shift when another's change."""
        return Random(f"{self.seed}:{purpose}")  # noqa: S311 - invented data, no secrets

    @property
    def persons(self) -> tuple[PersonSeed, ...]:
        """Everybody who can sign in somewhere."""
        return (*self.citizens, *(member.person for member in self.members), *self.officials)


def opaque(kind: str, serial: int, seed: int) -> str:
    """A stable 32-digit id that tells nothing."""
    return hashlib.sha256(f"{seed}:{kind}:{serial}".encode()).hexdigest()[:32]
