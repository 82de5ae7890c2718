"""The audit: append-only, each entry chained to the one before by its hash."""

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class AuditEntryRow(Base):
    """One thing that happened. One chain per replica; ``number`` counts in it from 1.

    ``who`` and ``whom`` are pseudonyms (``Vault.pseudonym``), ``client_id`` the client in between. ``facts`` is JSON
    without personal data. ``digest`` is over all of it and the ``digest`` before.
    """

    __tablename__ = "audit_entry"

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(40), index=True)
    who: Mapped[str | None] = mapped_column(String(64), index=True)
    whom: Mapped[str | None] = mapped_column(String(64), index=True)
    client_id: Mapped[str | None] = mapped_column(String(40))
    trace_id: Mapped[str | None] = mapped_column(String(40))
    facts: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(100))


class AuditCheckpointRow(Base):
    """A signed word on where a chain stood, its own or another replica's: what is pruned can still be proved to fit.

    ``signature`` is over chain, number and digest, by the signing key ``kid``.
    """

    __tablename__ = "audit_checkpoint"

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    digest: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]
    kid: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(Text)
