"""Invitations to register."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import update

from auth.registration.invitations import NotInvitedError
from auth.registration.metadata import Metadata
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import InitialAccessTokenRow
from connectors.viewer import Scope
from tests.auth.registration.desk import CALLBACK, Desk, Replica


async def test_an_invitation_has_so_many_uses(desk: Desk) -> None:
    """A registration that is refused uses none up."""
    invitation = await desk.invite(uses=1)

    refused = await desk.register(invitation, redirect_uris=["http://evil.example/"])
    first, second = await desk.register(invitation), await desk.register(invitation)

    assert [refused.status_code, first.status_code, second.status_code] == [400, 201, 401]


async def test_an_invitation_ends(desk: Desk) -> None:
    """After its time it is as good as none."""
    past = update(InitialAccessTokenRow).values(expires_at=now())
    await desk.office.database.write(lambda session: session.execute(past))

    assert (await desk.register()).status_code == 401


async def test_one_use_is_one_client_however_many_ask(database: Database) -> None:
    """Of many that come at once with an invitation for two, two are registered."""
    replicas = [Replica(database) for _ in range(3)]
    invitation = await replicas[0].invitations.create("partner", ["openid"], uses=2, lasts_s=60)

    came = await asyncio.gather(
        *(replica.registrations.register(invitation, Metadata(redirect_uris=[CALLBACK])) for replica in replicas * 2),
        return_exceptions=True,
    )

    assert sum(isinstance(answer, NotInvitedError) for answer in came) == 4
    assert len(await replicas[0].clients.list()) == 2


@pytest.mark.parametrize("wrong", [{"uses": 0}, {"lasts_s": 0}, {"scopes": []}, {"scopes": ["x"]}, {"label": "a\nb"}])
async def test_an_invitation_to_nothing_is_refused(desk: Desk, wrong: dict[str, Any]) -> None:
    """It needs a name, a scope, a use and some time."""
    facts: dict[str, Any] = {"label": "partner", "scopes": ["openid"], "uses": 1, "lasts_s": 60} | wrong

    with pytest.raises(ValueError, match=r"invitation|valid Scope|label"):
        await desk.office.authority.invitations.create(facts.pop("label"), facts.pop("scopes"), **facts)


async def test_invitations_that_are_good_are_listed(desk: Desk) -> None:
    """With what is left of them."""
    await desk.register()

    (one,) = await desk.office.authority.invitations.list()

    assert (one.label, one.uses_left, one.scopes) == ("县融媒体中心", 4, {Scope.OPENID, Scope.PROFILE})
