"""The tables of sign-on.

A person is nothing but an id; who they are stands in their identities. Platforms' account ids are kept as they are,
to be found by; names are encrypted (``Vault``), ID numbers and mobiles are not kept at all.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from auth.store.columns import UtcTime, Words


class Base(DeclarativeBase):
    """All tables; constraints get their names by rule, so that a migration can name them on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcTime, frozenset[str]: Words}


class PersonRow(Base):
    """Somebody, on however many platforms; deleted with the last identity."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    created_at: Mapped[datetime]


class IdentityRow(Base):
    """An account on a platform; the key is what makes two simultaneous first sign-ins one person.

    ``member_key`` is what the duty registry said at the latest sign-in at which it could be asked; ``staff`` what
    address book and registry said at the latest sign-in.
    """

    __tablename__ = "identity"

    platform: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    employee_code: Mapped[str | None] = mapped_column(String(200))
    sealed_name: Mapped[str] = mapped_column(Text)
    member_key: Mapped[str | None] = mapped_column(String(200), index=True)
    staff: Mapped[bool]
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


class ClientRow(Base):
    """A registered client: what it may ask for, of which applications it may hand in tickets, where its pages are."""

    __tablename__ = "client"

    client_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    auth_method: Mapped[str] = mapped_column(String(40))
    grants: Mapped[frozenset[str]]
    scopes: Mapped[frozenset[str]]
    ticket_forms: Mapped[frozenset[str]]
    origins: Mapped[frozenset[str]]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class ClientSecretRow(Base):
    """The digest of a client's secret; two may live at once, so that a client can change it in peace."""

    __tablename__ = "client_secret"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.client_id"), index=True)
    digest: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]


class SigningKeyRow(Base):
    """A key tokens are signed with, from ``not_before`` on; verified with until ``retired_at``."""

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    alg: Mapped[str] = mapped_column(String(16))
    public_jwk: Mapped[str] = mapped_column(Text)
    sealed_private_jwk: Mapped[str] = mapped_column(Text)
    not_before: Mapped[datetime]
    retired_at: Mapped[datetime | None]
