"""Who is signed in in which browser, what they agreed to, and what was taken back before its time."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class SessionRow(Base):
    """A browser's session over all clients; ``digest`` is that of its cookie, ``sid`` the name clients know it by.

    ``level`` and ``methods`` are those of its latest proof (``Proof``), which was at ``proved_at``. ``sealed_browser``
    says which browser, for its owner's own list.
    """

    __tablename__ = "session"

    sid: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(100), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    platform: Mapped[str] = mapped_column(String(40))
    level: Mapped[int]
    methods: Mapped[frozenset[str]]
    proved_at: Mapped[datetime]
    sealed_browser: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class ConsentRow(Base):
    """What a person let a client do, until taken back."""

    __tablename__ = "consent"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.client_id"), primary_key=True)
    scopes: Mapped[frozenset[str]]
    given_at: Mapped[datetime]


class RevocationRow(Base):
    """Access tokens that end before their time, by what they have in common; ``kind`` as in ``Revoked``.

    ``until`` is when the last of them has ended by itself, and the row with it.
    """

    __tablename__ = "revocation"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    revoked_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)


class LogoutDeliveryRow(Base):
    """A logout token that is owed to a client's back channel (OpenID Connect Back-Channel Logout 1.0), and its course.

    The token itself is made when it is sent. ``fault`` is one word for the latest failure.
    """

    __tablename__ = "logout_delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.client_id"), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    sid: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int]
    delivered_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    fault: Mapped[str | None] = mapped_column(String(40))
