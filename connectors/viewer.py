"""Who asks: the person or client behind a request, and what they may.

Ground, because the graph decides by it what may be read, sign-on makes it, and sources hand the person's own
account to the platforms.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from connectors.deadline import Deadline
from connectors.provenance import Provenance


class Role(enum.StrEnum):
    """What somebody is to the system. Without a token one is ``ANYONE``."""

    ANYONE = "anyone"
    CITIZEN = "citizen"
    MEMBER = "member"
    OFFICIAL = "official"
    STAFF = "staff"  # an official of a committee's office
    MODERATOR = "moderator"
    OPS = "ops"
    PARTNER = "partner"  # a system, no person


class Scope(enum.StrEnum):
    """What a token may be used for (RFC 6749 section 3.3)."""

    OPENID = "openid"
    PROFILE = "profile"
    PHONE = "phone"
    OFFLINE_ACCESS = "offline_access"
    GRAPH_READ = "graph:read"
    QUESTION_WRITE = "question:write"
    WORKORDER_WRITE = "workorder:write"
    DUTY_READ = "duty:read"
    DUTY_WRITE = "duty:write"
    DIRECTORY_READ = "directory:read"
    OFFICE_READ = "office:read"
    OFFICE_WRITE = "office:write"
    COCKPIT_READ = "cockpit:read"
    OPINION_READ = "opinion:read"
    PERSON_LOOKUP = "person:lookup"
    OPS_READ = "ops:read"


class PersonalClass(enum.StrEnum):
    """Which kind of personal data a field holds; what masking and audit go by (wire-formats B9)."""

    NONE = "none"
    PUBLIC_OFFICE = "public-office"  # name, title, sector of an office-holder: public
    NAME = "name"
    PHONE = "phone"
    DUTY = "duty"  # scores, activities and arrangements of a member
    RESIDENT = "resident"  # what offices hold of a natural person
    OWN_CHOICE = "own-choice"  # what a person follows, likes, asked


@dataclass(frozen=True, slots=True)
class Viewer:
    """One asker, for the length of a request.

    ``accounts`` maps a platform's name to the person's subject there; ``member_key`` is the duty registry's
    key when the person is a CPPCC member.
    """

    person_id: str | None = None
    client_id: str | None = None
    roles: frozenset[Role] = frozenset({Role.ANYONE})
    scopes: frozenset[Scope] = frozenset()
    accounts: Mapping[str, str] = field(default_factory=dict)
    member_key: str | None = None
    employee_code: str | None = None

    def holds(self, scope: Scope) -> bool:
        """Whether the token carries the scope; ``graph:read`` is implied by any other."""
        return scope in self.scopes or (scope is Scope.GRAPH_READ and bool(self.scopes))


ANYONE = Viewer()


class Ask(msgspec.Struct, frozen=True, gc=False):
    """Who asks and until when an answer is of use: goes down with every read.

    ``wanted``: the record's attributes that will be looked at, None for all; a source may leave the others out where
    it keeps nothing. ``told``: where a read says how it was answered, one entry a read; None when nobody wants to know.
    """

    viewer: Viewer
    deadline: Deadline
    wanted: frozenset[str] | None = None
    told: list[Provenance] | None = None
