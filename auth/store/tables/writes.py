"""Writes on their way: what was asked for, what each brings about, platform by platform, and how far that is."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class WriteRow(Base):
    """One write, as it was asked for; kept while it is under way, and for as long as it may be asked for again.

    ``owner`` is a pseudonym of who asked, by person or client; ``idempotency_key`` a digest of their key, None where
    they gave none; ``asked`` a digest of act and input. ``actor`` and ``request`` are sealed.
    """

    __tablename__ = "write"
    __table_args__ = (UniqueConstraint("owner", "idempotency_key"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64))
    idempotency_key: Mapped[str | None] = mapped_column(String(64))
    asked: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(160))
    actor: Mapped[str] = mapped_column(Text)
    request: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime] = mapped_column(index=True)


class EffectRow(Base):
    """What a write brings about on one platform; ``place`` 0 is its primary effect. By ``number`` they keep order.

    ``status`` is an ``EffectStatus``. ``due_at``: when it is tried next; ``held_until``: while another tries it,
    ``holder``. ``body`` is sealed. ``code``: why it failed, or waits. ``digest``: the notification it goes along with.
    """

    __tablename__ = "write_effect"
    __table_args__ = (
        UniqueConstraint("write_id", "place"),
        Index("ix_write_effect_due", "status", "due_at"),
        Index("ix_write_effect_subject", "subject", "number"),
    )

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    write_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("write.id", name="fk_write_effect_write_id_write", ondelete="CASCADE")
    )
    place: Mapped[int] = mapped_column(Integer)
    subject: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(32))
    platform: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(8))
    body: Mapped[str | None] = mapped_column(Text)
    begun_at: Mapped[datetime]
    due_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    holder: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(Integer)
    code: Mapped[str | None] = mapped_column(String(64))
    done_at: Mapped[datetime | None]
    digest: Mapped[str | None] = mapped_column(String(32), index=True)


class TodoTicketRow(Base):
    """A to-do that was put before somebody, so that it can be finished: ``about`` is what for (``Question:17``)."""

    __tablename__ = "todo_ticket"

    about: Mapped[str] = mapped_column(String(160), primary_key=True)
    assignee: Mapped[str] = mapped_column(String(64), primary_key=True)
    task_uuid: Mapped[str] = mapped_column(String(64))
    package_uuid: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime]


class DigestRow(Base):
    """A work notification to all who wait; its effects name it. ``receivers`` is sealed."""

    __tablename__ = "digest"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    receivers: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(8), index=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime]
