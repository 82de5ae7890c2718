"""The keys we sign with."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class SigningKeyRow(Base):
    """A key tokens are signed with, from ``not_before`` on; verified with until ``retired_at``."""

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    alg: Mapped[str] = mapped_column(String(16))
    public_jwk: Mapped[str] = mapped_column(Text)
    sealed_private_jwk: Mapped[str] = mapped_column(Text)
    not_before: Mapped[datetime]
    retired_at: Mapped[datetime | None]
