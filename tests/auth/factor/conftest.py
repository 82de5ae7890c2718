"""A second factor on its own: persons who are signed in, a clock that can be moved, a database of either kind."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from auth.authority import Authority
from auth.factor.ground import Ground
from auth.factor.lockouts import Lockouts
from auth.factor.second_factor import SecondFactor
from auth.factor.totp import code_at
from auth.proof import Proof
from auth.sessions import Session
from auth.settings import AuthSettings
from auth.store import Database
from connectors.records.identity import Identity
from tests.auth.desk import Desk
from tests.auth.platforms import ZHOU_WORK

STEP = timedelta(seconds=30)


@dataclass
class Clock:
    """Stands still in the middle of a time step, until it is moved."""

    at: datetime = field(default_factory=lambda: _middle_of_step(datetime.now(UTC)))

    def __call__(self) -> datetime:
        """What time it is."""
        return self.at

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.at += by


def _middle_of_step(moment: datetime) -> datetime:
    return datetime.fromtimestamp(int(moment.timestamp()) // 30 * 30 + 15, UTC)


class Bench:
    """Everything around one second factor."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self.desk = desk
        self.clock = Clock()
        settings = AuthSettings(secret="invented-secret-of-the-tests-0123456789")
        self.authority = Authority(settings, database, signins=[], lookup=None, officials=None, committees=None)
        self.vault, self.sessions = self.authority.vault, self.authority.sessions
        self.lockouts = Lockouts(database, self.vault, settings.factor, self.clock)
        audit = self.authority.audit
        self.ground = Ground(database, self.vault, self.sessions, self.lockouts, audit, settings.factor, self.clock)
        self.second = SecondFactor(self.ground, self.authority.endings)
        self.factors, self.enrolment = self.second.factors, self.second.enrolment
        self.cookie = ""

    async def sign_in(self, identity: Identity = ZHOU_WORK) -> Session:
        """Sign somebody in by a browser; ``cookie`` is its secret then."""
        person = await self.desk.sign_in(identity)
        proof = Proof(at=int(self.clock.at.timestamp()), level=1, methods=("zhezhengding-app",))
        self.cookie = await self.sessions.open(person.person_id, identity.platform, proof, "a browser")
        return await self.current(self.cookie)

    async def current(self, cookie: str) -> Session:
        """The session of a cookie."""
        session = await self.sessions.of(cookie)
        assert session is not None
        return session

    async def enrol(self, session: Session, employee_code: str = "GE_zhou") -> tuple[str, tuple[str, ...]]:
        """Enrol by an operator's code; answers the authenticator's key and the recovery codes.

        A minute passes, so that what the authenticator shows next was not used.
        """
        invitation = await self.second.roster.invite("zhezhengding", employee_code)
        offer = await self.enrolment.begin(session, invitation.code)
        enrolled = await self.enrolment.finish(session, offer.sealed, code_at(offer.secret, self.clock()))
        self.clock.move(2 * STEP)
        self.cookie = enrolled.secret
        return offer.secret, enrolled.codes


@pytest.fixture
def bench(database: Database, desk: Desk) -> Bench:
    """A second factor nobody has yet."""
    return Bench(database, desk)
