"""Who is at the other end of a connection, and whether it may be: origin, token, seat."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from connectors.refusals import RefusedError
from gateway.http.bearer import token_of
from gateway.http.cors import Cors
from gateway.http.headers import Headers
from gateway.http.language import language_of
from gateway.http.refusal import RequestRefusedError
from gateway.http.stopping import DPOP
from gateway.http.turnstile import Turnstile
from gateway.live.access import Access, Accesses
from gateway.live.transports.seats import Seat, Seats

if TYPE_CHECKING:
    from gateway.execution.operation import Language

_METHOD = "GET"  # of an upgrade; a proof is made for it


class Guest:
    """One connection's; ``access`` is anybody's until a token was shown."""

    __slots__ = ("access", "address", "language", "origin", "seat")

    def __init__(self, headers: Headers, address: str) -> None:
        self.address = address
        self.language: Language = language_of(headers.joined("accept-language"))
        self.origin = headers.sole("origin")
        self.access = Access()
        self.seat: Seat | None = None

    def leave(self) -> None:
        """Give the seat back."""
        if self.seat is not None:
            self.seat.leave()


class Door:
    """One per process.

    Nobody is known by a cookie here, but a page of another site could make its visitors' browsers open connections from
    inside their networks, with no preflight before: so a page's origin must be our own or a registered client's before
    the connection is opened, and, once a token was shown, that token's client's.

    Args:
        accesses: says whose a token is.
        cors: which pages may read answers.
        seats: counts connections.
        public_url: our own address, from which the IDE comes.
        turnstile: counts who enters.
    """

    def __init__(self, accesses: Accesses, cors: Cors, seats: Seats, public_url: str, turnstile: Turnstile) -> None:
        self._accesses = accesses
        self._cors = cors
        self._seats = seats
        self._turnstile = turnstile
        ours = urlsplit(public_url)
        self._own = f"{ours.scheme}://{ours.netloc}"

    @property
    def nonce(self) -> str:
        """The nonce that a proof takes now."""
        return self._accesses.nonce

    async def enter(self, headers: Headers, peer: str) -> Guest:
        """Let a connection be opened, with the token in its header Authorization if there is one.

        Counted by its address, whoever it turns out to be. Raises ``RefusedError``, and as ``Accesses.of``.
        """
        address = self._turnstile.addresses.caller(peer, headers)
        self._turnstile.rates.anonymous(address)
        guest = Guest(headers, address)
        if len(headers.all("origin")) > 1:
            raise RequestRefusedError("ORIGIN_NOT_ALLOWED")
        await self._check(guest.origin, None)
        await self._show(guest, headers)
        if guest.seat is None:
            guest.seat = self._seats.take(guest.access.viewer, address)
        return guest

    async def introduce(self, guest: Guest, payload: bytes) -> None:
        """Take the token in the payload of ``connection_init``, if there is one. Raises as ``enter``."""
        given = _credentials(payload)
        if given is not None:
            await self._show(guest, given)

    async def _show(self, guest: Guest, headers: Headers) -> None:
        shown = token_of(headers)
        if shown is None:
            return
        access = await self._accesses.of(shown, headers.all(DPOP), _METHOD)
        await self._check(guest.origin, access.viewer.client_id)
        guest.leave()
        guest.seat = self._seats.take(access.viewer, guest.address)
        guest.access = access

    async def _check(self, origin: str | None, client_id: str | None) -> None:
        if origin is not None and origin != self._own and not await self._cors.may_read(origin, client_id):
            raise RequestRefusedError("ORIGIN_NOT_ALLOWED")


def _credentials(payload: bytes) -> Headers | None:
    """The fields ``authorization`` and ``dpop`` of a payload, whatever their case, as the headers they stand for."""
    try:
        fields = msgspec.json.decode(payload, type=dict[str, object] | None) if payload else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise RefusedError("BAD_PARAMETER", parameter="payload") from None
    named = {name.lower(): value for name, value in (fields or {}).items()}
    token, proof = named.get("authorization"), named.get(DPOP)
    if token is None:
        return None
    if not isinstance(token, str) or not token.isascii() or not isinstance(proof, str | None):
        raise RequestRefusedError("AUTHORIZATION_NOT_SUPPORTED")
    pairs = [(b"authorization", token.encode())]
    return Headers(pairs if proof is None else [*pairs, (DPOP.encode(), proof.encode())])
