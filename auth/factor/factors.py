"""Second factors: who has one, and whether somebody proves it."""

import enum
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act
from auth.factor.ground import Ground
from auth.factor.lockouts import LockedError
from auth.factor.policy import METHODS
from auth.factor.recovery import codes_left, use_code
from auth.factor.totp import steps_of
from auth.factor.typed import is_password, plain
from auth.sessions import Session
from auth.store.tables import SecondFactorRow


class Verdict(enum.Enum):
    """What a code turned out to be."""

    PROVED = enum.auto()
    WRONG = enum.auto()
    USED = enum.auto()
    """Right, but its step was used: somebody may have looked over a shoulder, or a form was sent twice."""
    LOCKED = enum.auto()
    NONE_ENROLLED = enum.auto()
    SESSION_ENDED = enum.auto()


@dataclass(frozen=True, slots=True)
class Proved:
    """A verdict; with ``PROVED`` the session's new secret, with ``LOCKED`` and the ``WRONG`` that locks until when."""

    verdict: Verdict
    secret: str | None = field(default=None, repr=False)
    until: datetime | None = None
    by_recovery_code: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A person's factor: since when, and how many recovery codes are left."""

    enrolled_at: datetime
    codes_left: int


def subject_of(person_id: str) -> str:
    """Against what a person's wrong codes count (``Lockouts``)."""
    return f"factor {person_id}"


def secret_place(person_id: str) -> str:
    """For which place an authenticator's key is sealed (``Vault``)."""
    return f"factor {person_id}"


class Factors:
    """One per process; keeps nothing in memory. All raise ``StoreUnavailableError``."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def held(self, person_id: str) -> Held | None:
        """A person's factor, None where there is none."""

        async def read(session: AsyncSession) -> Held | None:
            row = await session.get(SecondFactorRow, person_id)
            return None if row is None else Held(row.enrolled_at, await codes_left(session, person_id))

        return await self._ground.database.read(read)

    async def prove(self, session: Session, typed: str) -> Proved:
        """Hold a one-time password or a recovery code against the person's factor; the session is the better for it.

        One transaction: the count of failures, the use of the code and the session's new secret. Guesses that come at
        once wait for each other.
        """
        code = plain(typed)
        proved = await self._ground.database.write(lambda database: self._proved(database, session, code))
        self._note(session.person_id, proved)
        return proved

    async def _proved(self, database: AsyncSession, session: Session, code: str) -> Proved:
        person_id, subject = session.person_id, subject_of(session.person_id)
        if await database.get(SecondFactorRow, person_id) is None:
            return Proved(Verdict.NONE_ENROLLED)
        try:
            await self._ground.lockouts.check_in(database, subject)
        except LockedError as error:
            return Proved(Verdict.LOCKED, until=error.until)
        verdict = await self._verdict(database, person_id, code)
        if verdict is Verdict.WRONG:
            return Proved(verdict, until=await self._ground.lockouts.failed_in(database, subject))
        if verdict is not Verdict.PROVED:
            return Proved(verdict)
        await self._ground.lockouts.passed_in(database, subject)
        secret = await self._ground.sessions.proved_more_in(database, session.sid, METHODS)
        return Proved(verdict if secret else Verdict.SESSION_ENDED, secret, by_recovery_code=not is_password(code))

    async def _verdict(self, database: AsyncSession, person_id: str, code: str) -> Verdict:
        if not is_password(code):
            used = await use_code(database, self._ground.vault, person_id, code)
            return Verdict.PROVED if used else Verdict.WRONG
        row = await database.get(SecondFactorRow, person_id, with_for_update=True, populate_existing=True)
        if row is None:
            return Verdict.NONE_ENROLLED
        steps = steps_of(
            self._ground.vault.unseal(row.sealed_secret, secret_place(person_id)), code, self._ground.clock()
        )
        unused = [step for step in steps if step > row.step]
        if unused:
            row.step = unused[0]
            return Verdict.PROVED
        return Verdict.USED if steps else Verdict.WRONG

    def _note(self, person_id: str, proved: Proved) -> None:
        if proved.verdict is Verdict.PROVED:
            self._ground.audit.note(Act.FACTOR_PASSED, who=person_id, recovery_code=proved.by_recovery_code)
        elif proved.verdict in {Verdict.WRONG, Verdict.USED, Verdict.LOCKED}:
            self._ground.audit.note(Act.FACTOR_REFUSED, who=person_id, why=proved.verdict.name.lower())
        if proved.verdict is Verdict.WRONG and proved.until is not None:
            self._ground.audit.note(Act.LOCKED_OUT, who=person_id)
