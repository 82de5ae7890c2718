"""Persons, who they are on the platforms, and roles given by hand.

A person is nothing but an id; who they are stands in their identities. Platforms' account ids are kept as they are,
to be found by; names are encrypted (``Vault``), ID numbers and mobiles are not kept at all.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class PersonRow(Base):
    """Somebody, on however many platforms; deleted with the last identity."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    created_at: Mapped[datetime]


class IdentityRow(Base):
    """An account on a platform; the key is what makes two simultaneous first sign-ins one person.

    ``member_key`` is what the duty registry said at the latest sign-in at which it could be asked; ``staff`` what
    address book and registry said at the latest sign-in. ``kind`` is an ``AccountKind``: a legal person's account has
    its company and the agent who acts for it in ``sealed_company``. ``level`` is that of the latest sign-in.
    ``by_hand``: its holder proved that it belongs together with the person's other accounts so marked; the registry's
    silence does not undo that.
    """

    __tablename__ = "identity"

    platform: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    employee_code: Mapped[str | None] = mapped_column(String(200))
    sealed_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16), server_default="PERSON")
    level: Mapped[int] = mapped_column(server_default="1")
    sealed_company: Mapped[str | None] = mapped_column(Text)
    member_key: Mapped[str | None] = mapped_column(String(200), index=True)
    staff: Mapped[bool]
    by_hand: Mapped[bool] = mapped_column(server_default=false())
    linked_at: Mapped[datetime]
    signed_in_at: Mapped[datetime]


class MemberLinkRow(Base):
    """Which person a member of the duty registry is: the key makes it one."""

    __tablename__ = "member_link"

    member_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    linked_at: Mapped[datetime]


class RoleGrantRow(Base):
    """A role an operator gave to an account, before or after its first sign-in.

    ``holder_kind`` says what ``holder`` is: ``employee`` code or ``subject``.
    """

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("platform", "holder_kind", "holder", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str] = mapped_column(String(40))
    holder_kind: Mapped[str] = mapped_column(String(16))
    holder: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(40))
    granted_at: Mapped[datetime]
