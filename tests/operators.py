"""A browser in which an operator is signed in, as it is after the second factor."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import update

from auth.pages.cookies import SESSION
from auth.proof import Proof
from auth.store.moments import now
from auth.store.tables import SessionRow
from connectors.viewer import Role
from tests.stack import Gateway, SignInDesk

WITH_FACTOR = ("mfa", "otp", "zhezhengding-qr")


@dataclass
class OperatorBrowser:
    """Its cookies stand in the gateway's own client."""

    gateway: Gateway
    person_id: str

    async def picture(self) -> dict[str, Any]:
        """What ``/ops`` shows."""
        answer = await self.gateway.client.get("/ops/picture")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def platform(self, name: str) -> dict[str, Any]:
        """One platform of it."""
        (told,) = [one for one in (await self.picture())["platforms"] if one["name"] == name]
        return dict(told)

    async def act(self, act: str, **more: Any) -> httpx.Response:
        """Press a button."""
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": self.gateway.settings.public_url}
        return await self.gateway.client.post("/ops/acts", json={"act": act} | more, headers=headers)


async def operator_at(
    desk: SignInDesk, *, role: bool = True, methods: tuple[str, ...] = WITH_FACTOR, ago: int = 0
) -> OperatorBrowser:
    """Sign the sandbox's operator in; without the role, without the factor, or with one proved some seconds ago."""
    authority = desk.gateway.parts.authority
    person = next(one for one in desk.sandbox.apps["zhezhengding"].persons if Role.OPS in one.roles)
    if role:
        await authority.grants.grant(Role.OPS, "zhezhengding", person.employee_code)
    viewer = await authority.viewer_of(await desk.token(person.id, "zhezhengding"))
    proof = Proof(at=int(time.time()), level=1, methods=methods)
    secret = await authority.sessions.open(str(viewer.person_id), "zhezhengding", proof, "tests")
    if ago:
        at = now() - timedelta(seconds=ago)
        older = update(SessionRow).where(SessionRow.person_id == viewer.person_id).values(proved_at=at)
        await authority.database.write(lambda session: session.execute(older))
    desk.gateway.client.cookies.set(SESSION.name, secret)
    return OperatorBrowser(desk.gateway, str(viewer.person_id))
