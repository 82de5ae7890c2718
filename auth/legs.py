"""Legs: a browser goes to a platform's page and comes back with a ticket.

    begin        state, nonce and PKCE verifier are made and sealed into the browser's cookie; nothing is stored
    come back    the cookie opens and is not old · it belongs to this platform · the state is its own (constant time) ·
                 it was not used before (``Once``) · only then the ticket is handed in

So a ticket counts only in the browser that asked for it, at the platform it was asked of, once.
"""

import enum
import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec

from auth.broker import Broker
from auth.once import Once
from auth.pages.cookies import LEG
from auth.vault import SealBrokenError, Vault
from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, NotFoundError, PlatformError, RejectedInputError, SignInNeededError
from connectors.records.identity import Identity
from connectors.records.sign_in_leg import Binding, Way
from connectors.viewer import ANYONE, Ask

LIFETIME_SECONDS = LEG.max_age or 0
_PLACE = "leg"
_CLOCKS_DIFFER = 60  # seconds, between replicas
_MOST_COOKIE = 3900  # browsers keep no cookie above 4,096 bytes with its name
_NO_GOOD = (SignInNeededError, RejectedInputError, NotFoundError)


class Purpose(enum.StrEnum):
    """What comes of a leg."""

    SIGN_IN = "sign-in"
    LINK = "link"


class LegFault(enum.Enum):
    """Why a leg leads nowhere."""

    NO_SUCH_WAY = "no-such-way"
    TOO_LONG = "too-long"  # where it should go on to does not fit into a cookie
    LOST = "lost"  # ended, used, of another browser or platform: only an attacker would want to know which
    DENIED = "denied"
    BAD_TICKET = "bad-ticket"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg. ``to`` is where the browser goes on to; ``sid`` the session that is to get a further account."""

    way: Way
    binding: Binding
    purpose: Purpose
    to: str
    begun_at: int
    sid: str | None = None


class LegError(Exception):
    """A leg leads nowhere; ``leg`` where it was this browser's own, and is over now."""

    def __init__(self, fault: LegFault, leg: Leg | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.leg = leg


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser is sent, and what its cookie (``LEG``) holds until it comes back."""

    address: str = field(repr=False)
    sealed: str = field(repr=False)


class _Sealed(msgspec.Struct, frozen=True, array_like=True):
    """A leg as the cookie holds it."""

    platform: str
    form: str
    state: str
    nonce: str
    code_verifier: str
    purpose: Purpose
    to: str
    begun_at: int
    sid: str | None


class Legs:
    """One per process; keeps nothing in memory."""

    def __init__(
        self, vault: Vault, once: Once, broker: Broker, timeout_ms: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._vault = vault
        self._once = once
        self._broker = broker
        self._seconds = timeout_ms / 1000
        self._clock = clock

    async def begin(
        self,
        platform: str,
        form: str | None,
        *,
        to: str,
        purpose: Purpose = Purpose.SIGN_IN,
        sid: str | None = None,
        user_agent: str = "",
    ) -> Begun:
        """Send a browser to a platform's page, by its first form unless one is named; ``to`` was checked by the caller.

        Raises ``LegError``: ``NO_SUCH_WAY``, ``TOO_LONG``, ``AWAY``.
        """
        way = self._broker.way(platform, form)
        if way is None:
            raise LegError(LegFault.NO_SUCH_WAY)
        leg = Leg(way, Binding.new(), purpose, to, int(self._clock()), sid)
        sealed = self._sealed(leg)
        if len(sealed) > _MOST_COOKIE:
            raise LegError(LegFault.TOO_LONG)
        try:
            return Begun(await self._broker.page(way, leg.binding, self.ask(), user_agent), sealed)
        except PlatformError as error:
            raise LegError(LegFault.AWAY) from error

    async def come_back(self, platform: str, sealed: str | None, sent: Mapping[str, str]) -> tuple[Leg, Identity]:
        """Take a browser back that came to that platform's callback, and read who it is.

        Raises ``LegError``: ``LOST``, ``DENIED``, ``BAD_TICKET``, ``AWAY``; ``StoreUnavailableError``.
        """
        leg = self._opened(sealed)
        if leg is None or leg.way.platform != platform or not self._is_its_own(leg, sent):
            raise LegError(LegFault.LOST)
        if not await self._once.first("leg", platform, leg.binding.state, leg.begun_at + LIFETIME_SECONDS + 1):
            raise LegError(LegFault.LOST, leg)
        try:
            return leg, await self._broker.come_back(leg.way, sent, leg.binding, self.ask())
        except NotAllowedError as error:
            raise LegError(LegFault.DENIED, leg) from error
        except _NO_GOOD as error:
            raise LegError(LegFault.BAD_TICKET, leg) from error
        except PlatformError as error:
            raise LegError(LegFault.AWAY, leg) from error

    def ask(self) -> Ask:
        """Nobody known asks, for as long as a sign-in may take."""
        return Ask(ANYONE, Deadline.after(self._seconds))

    def _is_its_own(self, leg: Leg, sent: Mapping[str, str]) -> bool:
        state = self._broker.state_in(leg.way, sent) or ""
        return hmac.compare_digest(state.encode(errors="surrogatepass"), leg.binding.state.encode())

    def _sealed(self, leg: Leg) -> str:
        binding = leg.binding
        content = _Sealed(
            leg.way.platform,
            leg.way.form.value,
            binding.state,
            binding.nonce,
            binding.code_verifier,
            leg.purpose,
            leg.to,
            leg.begun_at,
            leg.sid,
        )
        return self._vault.seal(msgspec.json.encode(content).decode(), _PLACE)

    def _opened(self, sealed: str | None) -> Leg | None:
        """The leg of a cookie; None for none, one that is not ours, or ended."""
        try:
            content = msgspec.json.decode(self._vault.unseal(sealed or "", _PLACE), type=_Sealed)
        except (SealBrokenError, msgspec.MsgspecError):
            return None
        way = self._broker.way(content.platform, content.form)
        age = self._clock() - content.begun_at
        if way is None or not -_CLOCKS_DIFFER < age < LIFETIME_SECONDS:
            return None
        binding = Binding(content.state, content.nonce, content.code_verifier)
        return Leg(way, binding, content.purpose, content.to, content.begun_at, content.sid)
