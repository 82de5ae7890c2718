"""Registered clients, their secrets, and who may register more."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class ClientRow(Base):
    """A registered client: what it may ask for, of which applications it may hand in tickets, where its pages are.

    ``redirect_uris`` and ``post_logout_redirect_uris`` are compared as they stand, character by character; ``jwks`` are
    its public keys (RFC 7517) where it proves itself by them; ``access_token_lifetime`` in seconds, null for the usual;
    ``registration_digest`` opens its own registration (RFC 7592) where it registered by itself.
    """

    __tablename__ = "client"

    client_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    auth_method: Mapped[str] = mapped_column(String(40))
    grants: Mapped[frozenset[str]]
    scopes: Mapped[frozenset[str]]
    ticket_forms: Mapped[frozenset[str]]
    origins: Mapped[frozenset[str]] = mapped_column(server_default="")
    redirect_uris: Mapped[frozenset[str]] = mapped_column(server_default="")
    post_logout_redirect_uris: Mapped[frozenset[str]] = mapped_column(server_default="")
    backchannel_logout_uri: Mapped[str | None] = mapped_column(String(2000))
    jwks: Mapped[str | None] = mapped_column(Text)
    contact: Mapped[str | None] = mapped_column(String(200))
    access_token_lifetime: Mapped[int | None]
    dpop_bound: Mapped[bool] = mapped_column(server_default=false())
    require_par: Mapped[bool] = mapped_column(server_default=false())
    registration_digest: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class ClientSecretRow(Base):
    """The digest of a client's secret; two may live at once, so that a client can change it in peace."""

    __tablename__ = "client_secret"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.client_id"), index=True)
    digest: Mapped[str] = mapped_column(String(100))
    created_at: Mapped[datetime]


class InitialAccessTokenRow(Base):
    """The digest of what lets somebody register clients by themselves (RFC 7591 section 1.2)."""

    __tablename__ = "initial_access_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(100), unique=True)
    scopes: Mapped[frozenset[str]]
    uses_left: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
