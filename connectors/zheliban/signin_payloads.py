"""What the forms of sign-on answer (wire-formats B5, B6); what the gateway does not need is not read."""

# ruff: noqa: N815 - upstream's spelling

from typing import Annotated

import msgspec

Key = Annotated[str, msgspec.Meta(min_length=1)]


class SignInPayload(msgspec.Struct, frozen=True):
    """The base: unknown fields are ignored."""


class TokenPayload(SignInPayload, frozen=True):
    """Answer of ``access_token``."""

    accessToken: Key


class PersonInfoPayload(SignInPayload, frozen=True):
    """A natural person."""

    userId: Key
    userName: str | None = None
    idType: str | None = None
    idNo: str | None = None
    phone: str | None = None


class LegalPersonInfoPayload(SignInPayload, frozen=True):
    """An organisation; ``attn…`` is who acts for it, what has no such word is its representative's."""

    corpId: Key
    name: str | None = None
    unifiedSocialId: str | None = None
    attnName: str | None = None
    attnPhone: str | None = None
    attnIdType: str | None = None
    attnIdNo: str | None = None


class UserPayload(SignInPayload, frozen=True):
    """Answer of ``getUserInfo``; which of the two is there follows from ``userType``."""

    userType: str
    personInfo: PersonInfoPayload | None = None
    legalPersonInfo: LegalPersonInfoPayload | None = None
