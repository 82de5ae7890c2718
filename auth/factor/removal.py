"""How a factor goes: by who has it, by an operator, or with its person.

What was given on its strength goes with it: sessions forget that it was proved, and grants of the scopes that take it
end. An operator's removal signs the person out everywhere: nobody knows who holds the authenticator now.
"""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act
from auth.audit.persons import employee_name
from auth.endings import Endings
from auth.factor.enrolment import EnrolmentError, Fault
from auth.factor.factors import subject_of
from auth.factor.ground import Ground
from auth.factor.invitations import persons_of, withdraw
from auth.factor.policy import METHODS, SCOPES_WITH_FACTOR, fresh
from auth.sessions import Session
from auth.store.tables import GrantRow, RecoveryCodeRow, SecondFactorRow


async def forget_factor(session: AsyncSession, person_id: str) -> bool:
    """Delete a person's factor and recovery codes, within a transaction; whether there was one."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.person_id == person_id))
    gone = delete(SecondFactorRow).where(SecondFactorRow.person_id == person_id)
    return await session.scalar(gone.returning(SecondFactorRow.person_id)) is not None


class Removal:
    """One per process; keeps nothing in memory. All raise ``StoreUnavailableError``."""

    def __init__(self, ground: Ground, endings: Endings) -> None:
        self._ground = ground
        self._endings = endings

    async def by_owner(self, session: Session) -> None:
        """Take a factor off at its owner's wish; raises ``EnrolmentError`` unless it was proved lately."""
        if not fresh(session.proof, self._ground.settings):
            raise EnrolmentError(Fault.FACTOR_NEEDED)

        async def remove(database: AsyncSession) -> Sequence[GrantRow]:
            await forget_factor(database, session.person_id)
            await self._ground.sessions.proved_less_in(database, session.person_id, METHODS)
            return await self._endings.grants_in(database, await _grants_by_factor(database, session.person_id))

        self._endings.note(await self._ground.database.write(remove))
        self._ground.audit.note(Act.FACTOR_REMOVED, who=session.person_id)

    async def by_operator(self, platform: str, employee_code: str) -> bool:
        """Take an account's factor, lock and enrolment code off; False where there was none of them.

        Signed out first: should this end in between, it is run again, and no session outlives the factor.
        """
        found = await self._ground.database.read(partial(persons_of, platform=platform, employee_code=employee_code))
        for person_id in found:
            await self._endings.person(person_id)

        async def remove(database: AsyncSession) -> bool:
            gone = await withdraw(database, platform, employee_code)
            for person_id in found:
                gone |= await self._ground.lockouts.passed_in(database, subject_of(person_id))
                gone |= await forget_factor(database, person_id)
            return gone

        gone = await self._ground.database.write(remove)
        for person_id in found or (employee_name(employee_code),):
            self._ground.audit.note(Act.FACTOR_RESET, whom=person_id)
        return gone


async def _grants_by_factor(session: AsyncSession, person_id: str) -> list[str]:
    living = (GrantRow.person_id == person_id) & GrantRow.ended_at.is_(None)
    rows = await session.execute(select(GrantRow.id, GrantRow.scopes).where(living))
    with_factor = {scope.value for scope in SCOPES_WITH_FACTOR}
    return [grant_id for grant_id, scopes in rows if scopes & with_factor]
