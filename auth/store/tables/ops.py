"""What happened to platforms, and what operators ordered: shared by all replicas."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class IncidentRow(Base):
    """An episode in which something was not well. ``platform`` is None for what concerned all of them.

    ``open_as`` names what is not well while it lasts, so that there is one incident of it whichever replica came first;
    ``side`` is whose it was (them, us, between), ``level`` the worst it came to.
    """

    __tablename__ = "incident"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    scope: Mapped[str] = mapped_column(String(40), index=True)
    open_as: Mapped[str | None] = mapped_column(String(40), unique=True)
    platform: Mapped[str | None] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    side: Mapped[str] = mapped_column(String(8))
    level: Mapped[str] = mapped_column(String(4))
    zh: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None] = mapped_column(index=True)


class IncidentSeenRow(Base):
    """A replica that sees the incident go on; one that sees no more of it takes its row away."""

    __tablename__ = "incident_seen"

    incident_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("incident.id", ondelete="CASCADE"), primary_key=True
    )
    replica: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime]


class IncidentEntryRow(Base):
    """A line of an incident's timeline. ``fact`` tells two lines of one kind apart; ``by`` is who did it, if anybody.

    Who is kept as the audit does: a person's pseudonym, or the machine's account that ran a command.
    """

    __tablename__ = "incident_entry"
    __table_args__ = (Index("ix_incident_entry_incident", "incident_id", "number"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    incident_id: Mapped[str] = mapped_column(String(32), ForeignKey("incident.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    fact: Mapped[str] = mapped_column(String(160))
    zh: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    by: Mapped[str | None] = mapped_column(String(100))


class OpsOrderRow(Base):
    """What an operator ordered of a platform until a moment; ``kind`` is breaker or stale, ``state`` the breaker's."""

    __tablename__ = "ops_order"

    platform: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    state: Mapped[str] = mapped_column(String(9))
    by: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)
