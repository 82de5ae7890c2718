"""How a person gets an authenticator: with a one-time code of an operator's, or by the one they have.

Two steps with nothing stored in between: ``begin`` offers a new key, which the page carries sealed, and ``finish``
takes it once the authenticator shows a right password. The code is used up by the second.
"""

import enum
from dataclasses import dataclass, field

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act
from auth.factor.factors import secret_place
from auth.factor.ground import Ground
from auth.factor.invitations import is_invited, use_invitation
from auth.factor.policy import METHODS, fresh
from auth.factor.recovery import new_codes, replace_codes
from auth.factor.totp import new_secret, steps_of
from auth.factor.typed import plain
from auth.sessions import Session
from auth.store.tables import SecondFactorRow
from auth.vault import SealBrokenError

_OFFER_SECONDS = 600


class Fault(enum.Enum):
    """Why nothing was enrolled."""

    BAD_CODE = enum.auto()
    """Unknown, ended, used, or another account's: all alike."""
    FACTOR_NEEDED = enum.auto()
    """There is an authenticator; it must be proved first, lately and in this session."""
    OFFER_ENDED = enum.auto()
    WRONG_PASSWORD = enum.auto()
    SESSION_ENDED = enum.auto()


class EnrolmentError(Exception):
    """Nothing was enrolled, and nothing was used up."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.name)
        self.fault = fault


class _Sealed(msgspec.Struct, frozen=True):
    """What the page carries."""

    secret: str
    code: str
    until: float


@dataclass(frozen=True, slots=True)
class Offer:
    """A new key to be put into an authenticator; ``sealed`` is it as the page carries it, for this session alone."""

    secret: str = field(repr=False)
    sealed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The session's new secret, and the recovery codes, shown once."""

    secret: str = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)


class Enrolment:
    """One per process; keeps nothing in memory. All raise ``EnrolmentError``, ``StoreUnavailableError``."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def begin(self, session: Session, code: str | None) -> Offer:
        """Offer a new key: to who has an enrolment code, or an authenticator already (to change it; no code then)."""

        async def may(database: AsyncSession) -> None:
            if await database.get(SecondFactorRow, session.person_id) is not None:
                self._refuse_stale(session)
            elif not code or not await is_invited(database, self._ground.vault, session.person_id, code):
                raise EnrolmentError(Fault.BAD_CODE)

        await self._ground.database.read(may)
        offered = _Sealed(new_secret(), code or "", self._ground.clock().timestamp() + _OFFER_SECONDS)
        return Offer(
            offered.secret, self._ground.vault.seal(msgspec.json.encode(offered).decode(), _offer_place(session))
        )

    def reopened(self, session: Session, sealed: str) -> Offer:
        """The offer a page carries, to be shown once more."""
        return Offer(self._opened(session, sealed).secret, sealed)

    async def finish(self, session: Session, sealed: str, typed: str) -> Enrolled:
        """Take the key that was offered, once the authenticator shows its password; an earlier one ends.

        One transaction: the code's use, the key, new recovery codes, and the session's proof. Other sessions that were
        proved by the earlier authenticator are no longer.
        """
        offered = self._opened(session, sealed)
        steps = steps_of(offered.secret, plain(typed), self._ground.clock())
        if not steps:
            raise EnrolmentError(Fault.WRONG_PASSWORD)
        codes = new_codes()

        async def enrol(database: AsyncSession) -> str:
            await self._put(database, session, offered, steps[0])
            await replace_codes(database, self._ground.vault, session.person_id, codes)
            await self._ground.sessions.proved_less_in(database, session.person_id, METHODS)
            secret = await self._ground.sessions.proved_more_in(database, session.sid, METHODS)
            if secret is None:
                raise EnrolmentError(Fault.SESSION_ENDED)
            return secret

        secret = await self._ground.database.write(enrol)
        self._ground.audit.note(Act.FACTOR_ENROLLED, who=session.person_id)
        return Enrolled(secret, codes)

    async def renew_codes(self, session: Session) -> tuple[str, ...]:
        """New recovery codes in the place of the old."""
        self._refuse_stale(session)
        codes = new_codes()

        async def renew(database: AsyncSession) -> None:
            if await database.get(SecondFactorRow, session.person_id, with_for_update=True) is None:
                raise EnrolmentError(Fault.FACTOR_NEEDED)
            await replace_codes(database, self._ground.vault, session.person_id, codes)

        await self._ground.database.write(renew)
        self._ground.audit.note(Act.RECOVERY_CODES_RENEWED, who=session.person_id)
        return codes

    async def _put(self, database: AsyncSession, session: Session, offered: _Sealed, step: int) -> None:
        row = await database.get(SecondFactorRow, session.person_id, with_for_update=True)
        if row is not None:
            self._refuse_stale(session)
        elif await use_invitation(database, self._ground.vault, session.person_id, offered.code):
            row = SecondFactorRow(person_id=session.person_id)
            database.add(row)
        else:
            raise EnrolmentError(Fault.BAD_CODE)
        row.sealed_secret = self._ground.vault.seal(offered.secret, secret_place(session.person_id))
        row.step = step
        row.enrolled_at = self._ground.clock()
        await database.flush()

    def _refuse_stale(self, session: Session) -> None:
        if not fresh(session.proof, self._ground.settings):
            raise EnrolmentError(Fault.FACTOR_NEEDED)

    def _opened(self, session: Session, sealed: str) -> _Sealed:
        try:
            offered = msgspec.json.decode(self._ground.vault.unseal(sealed, _offer_place(session)), type=_Sealed)
        except SealBrokenError:
            raise EnrolmentError(Fault.OFFER_ENDED) from None
        if offered.until <= self._ground.clock().timestamp():
            raise EnrolmentError(Fault.OFFER_ENDED)
        return offered


def _offer_place(session: Session) -> str:
    return f"offered factor {session.sid}"
