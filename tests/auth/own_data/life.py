"""Somebody about whom something stands in every table."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from auth.audit import Act
from auth.authority import Authority
from auth.proof import Proof
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import (
    ConsentRow,
    DeviceCodeRow,
    EnrolmentCodeRow,
    GrantRow,
    LogoutDeliveryRow,
    RecoveryCodeRow,
    RoleGrantRow,
    SecondFactorRow,
)
from connectors.viewer import Ask, Scope
from tests.auth.holdings import BACK_CHANNEL
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK


class Life:
    """Somebody about whom something stands in every table there is."""

    def __init__(self, authority: Authority, database: Database, ask: Ask) -> None:
        self.authority = authority
        self.database = database
        self.ask = ask

    async def lived(self) -> str:
        """Fill the tables; answers who."""
        await self.authority.persons.signed_in(CHEN_CITIZEN, self.ask)
        person = await self.authority.persons.signed_in(CHEN_WORK, self.ask)
        proof = Proof(at=int(now().timestamp()), level=2, methods=("x",))
        await self.authority.sessions.open(person.person_id, "zheliban", proof, "a browser")
        self.sid = (await self.authority.sessions.living(person.person_id))[0].sid
        self.client_id, _ = await self.authority.clients.create(
            "front end",
            grants=["authorization_code"],
            scopes=list(Scope),
            redirect_uris=["https://a.example.cn/"],
            backchannel_logout_uri=BACK_CHANNEL,
        )
        await self.authority.lockouts.failed(f"factor {person.person_id}")
        await self.database.write(lambda session: self._rows(session, person.person_id))
        self.authority.audit.note(Act.SIGNED_IN, who=person.person_id)
        await self.authority.audit.flush()
        return person.person_id

    async def _rows(self, session: AsyncSession, person_id: str) -> None:
        soon = now() + timedelta(hours=1)
        holder = {"platform": "zhezhengding", "holder_kind": "employee", "holder": "GE_chen"}
        which = {"client_id": self.client_id, "scopes": frozenset({"openid"})}
        delivery = {"client_id": self.client_id, "subject": person_id, "sid": "", "created_at": now(), "tries": 1}
        session.add_all(
            [
                ConsentRow(person_id=person_id, given_at=now(), **which),
                GrantRow(
                    id="g_1",
                    person_id=person_id,
                    sid=self.sid,
                    level=1,
                    methods=frozenset({"x"}),
                    proved_at=now(),
                    offline=False,
                    counter=0,
                    created_at=now(),
                    expires_at=soon,
                    **which,
                ),
                DeviceCodeRow(
                    digest="d",
                    user_code_digest="u",
                    interval=5,
                    decision="allowed",
                    person_id=person_id,
                    sid=self.sid,
                    expires_at=soon,
                    **which,
                ),
                SecondFactorRow(person_id=person_id, sealed_secret="x", step=1, enrolled_at=now()),
                RecoveryCodeRow(person_id=person_id, digest="x"),
                EnrolmentCodeRow(digest="e", expires_at=soon, **holder),
                RoleGrantRow(role="ops", granted_at=now(), **holder),
                LogoutDeliveryRow(delivered_at=now(), **delivery),
            ]
        )
