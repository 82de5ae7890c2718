"""What operators see of second factors, and whom they invite."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act
from auth.audit.persons import employee_name
from auth.factor.factors import Held, subject_of
from auth.factor.ground import Ground
from auth.factor.invitations import Invitation, invite, persons_of
from auth.factor.recovery import codes_left
from auth.store.moments import now
from auth.store.tables import EnrolmentCodeRow, IdentityRow, SecondFactorRow


@dataclass(frozen=True, slots=True)
class Entry:
    """An account whose person has a factor (``held``), or has an enrolment code (``invited_until``), or both."""

    platform: str
    account: str
    held: Held | None = None
    locked_until: datetime | None = None
    invited_until: datetime | None = None


class Roster:
    """One per process; keeps nothing in memory. All raise ``StoreUnavailableError``."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def invite(self, platform: str, employee_code: str) -> Invitation:
        """Make an enrolment code for an account, shown once; it need not have signed in yet. Earlier ones end."""
        seconds = self._ground.settings.enrolment_code_s
        making = partial(
            invite, vault=self._ground.vault, platform=platform, employee_code=employee_code, seconds=seconds
        )
        invitation = await self._ground.database.write(making)
        known = await self._ground.database.read(partial(persons_of, platform=platform, employee_code=employee_code))
        self._ground.audit.note(
            Act.FACTOR_INVITED, whom=next(iter(known), employee_name(employee_code)), platform=platform
        )
        return invitation

    async def list(self) -> tuple[Entry, ...]:
        """Answer every account with a factor or a good enrolment code, by platform and account."""
        return await self._ground.database.read(self._entries)

    async def _entries(self, session: AsyncSession) -> tuple[Entry, ...]:
        invited = {(row.platform, row.holder): row.expires_at for row in await _invitations(session)}
        entries = [Entry(*key, invited_until=until) for key, until in invited.items()]
        enrolled = select(SecondFactorRow, IdentityRow).join(
            IdentityRow, IdentityRow.person_id == SecondFactorRow.person_id
        )
        for factor, identity in await session.execute(enrolled):
            held = Held(factor.enrolled_at, await codes_left(session, factor.person_id))
            locked = await self._ground.lockouts.until_in(session, subject_of(factor.person_id))
            account = identity.employee_code or identity.subject
            until = invited.get((identity.platform, account))
            entries = [entry for entry in entries if (entry.platform, entry.account) != (identity.platform, account)]
            entries.append(Entry(identity.platform, account, held, locked, until))
        return tuple(sorted(entries, key=lambda entry: (entry.platform, entry.account)))


async def _invitations(session: AsyncSession) -> Sequence[EnrolmentCodeRow]:
    good = EnrolmentCodeRow.used_at.is_(None) & (EnrolmentCodeRow.expires_at > now())
    return (await session.scalars(select(EnrolmentCodeRow).where(good))).all()
