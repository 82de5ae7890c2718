"""Second factors, the codes around them, and who is locked out."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class SecondFactorRow(Base):
    """A person's authenticator (TOTP, RFC 6238); ``step`` is the latest time step used, so that none is used twice."""

    __tablename__ = "second_factor"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(Text)
    step: Mapped[int]
    enrolled_at: Mapped[datetime]


class RecoveryCodeRow(Base):
    """The digest of a code that stands in for a lost authenticator, once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    digest: Mapped[str] = mapped_column(String(100))
    used_at: Mapped[datetime | None]


class EnrolmentCodeRow(Base):
    """The digest of a one-time code by which the account ``holder`` (as in ``RoleGrantRow``) may enrol a factor."""

    __tablename__ = "enrolment_code"

    digest: Mapped[str] = mapped_column(String(100), primary_key=True)
    platform: Mapped[str] = mapped_column(String(40))
    holder_kind: Mapped[str] = mapped_column(String(16))
    holder: Mapped[str] = mapped_column(String(200))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LockoutRow(Base):
    """Failures in a row against one thing, such as a person's factor; ``subject`` is a digest."""

    __tablename__ = "lockout"

    subject: Mapped[str] = mapped_column(String(100), primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
