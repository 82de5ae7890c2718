"""What sign-on knows of the person who asks."""

from datetime import datetime

from connectors.records.member import MemberRef
from connectors.records.official import OfficialRef
from connectors.records.record import Record
from connectors.viewer import Role


class LinkedIdentity(Record, frozen=True):
    """An account on a platform; ``linked_at`` is when it became this person's."""

    platform: str
    subject: str
    linked_at: datetime


class Account(Record, frozen=True):
    """A person as sign-on keeps them; ``key`` is the person's id. ``display_name`` is the whole name."""

    key: str
    display_name: str
    roles: tuple[Role, ...]
    identities: tuple[LinkedIdentity, ...]
    member: MemberRef | None
    official: OfficialRef | None
