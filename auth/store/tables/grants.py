"""What clients hold or are about to get: pushed requests, codes, device codes, grants and their refresh tokens.

All secrets stand here as digests (``Vault.digest``).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from auth.store.tables.base import Base


class PushedRequestRow(Base):
    """An authorization request a client pushed (RFC 9126); used up by the code it leads to."""

    __tablename__ = "pushed_request"

    digest: Mapped[str] = mapped_column(String(100), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.client_id"))
    sealed_parameters: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class GrantRow(Base):
    """What a person granted a client once: all tokens that follow from it end with it.

    It begins with the code (``code_digest``, used once: ``code_used_at``), a device code or a token exchange, and goes
    on by refresh tokens where ``offline_access`` or the client's registration allow: the ``counter``-th is derived from
    ``sealed_family_key``. ``dpop_jkt`` is the thumbprint of the key all tokens are bound to (RFC 9449 section 6).
    ``sid`` is the browser session it came from; it ends with it unless ``offline``.
    """

    __tablename__ = "token_grant"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.client_id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    sid: Mapped[str | None] = mapped_column(String(40), index=True)
    scopes: Mapped[frozenset[str]]
    level: Mapped[int]
    methods: Mapped[frozenset[str]]
    proved_at: Mapped[datetime]
    dpop_jkt: Mapped[str | None] = mapped_column(String(64))
    offline: Mapped[bool]
    code_digest: Mapped[str | None] = mapped_column(String(100), unique=True)
    code_facts: Mapped[str | None] = mapped_column(Text)
    code_expires_at: Mapped[datetime | None]
    code_used_at: Mapped[datetime | None]
    sealed_family_key: Mapped[str | None] = mapped_column(Text)
    counter: Mapped[int]
    rotated_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class DeviceCodeRow(Base):
    """A device that waits for somebody to type its code in (RFC 8628); ``decision`` is null, ``allowed``, ``denied``.

    ``sid`` and ``person_id`` are whose decision it was, ``grant_id`` what the device got.
    """

    __tablename__ = "device_code"

    digest: Mapped[str] = mapped_column(String(100), primary_key=True)
    user_code_digest: Mapped[str] = mapped_column(String(100), unique=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.client_id"))
    scopes: Mapped[frozenset[str]]
    dpop_jkt: Mapped[str | None] = mapped_column(String(64))
    interval: Mapped[int]
    polled_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(String(16))
    person_id: Mapped[str | None] = mapped_column(String(40))
    sid: Mapped[str | None] = mapped_column(String(40))
    grant_id: Mapped[str | None] = mapped_column(String(40))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class UsedOnceRow(Base):
    """Something that may come only once: an assertion's or a DPoP proof's ``jti``, a one-time password's step.

    ``digest`` is the SHA-256 of kind, whose it is, and the value.
    """

    __tablename__ = "used_once"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)
