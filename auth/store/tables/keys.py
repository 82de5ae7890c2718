"""The keys we sign with."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class SigningKeyRow(Base):
    """A key that signs from ``not_before`` on, and tokens are verified with until ``retired_at``.

    ``alg`` is ES256, for tokens, or SM2, for the audit's checkpoints where cryptography is national.
    """

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    alg: Mapped[str] = mapped_column(String(16))
    public_jwk: Mapped[str] = mapped_column(Text)
    sealed_private_jwk: Mapped[str] = mapped_column(Text)
    not_before: Mapped[datetime]
    retired_at: Mapped[datetime | None]
