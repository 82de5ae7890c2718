"""The query pages at the size of a province: 102 organisations, 27,000 people, 200,000 questions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from benchmarks.cases import Case
from benchmarks.province_pages import pages
from connectors.sandbox.world import Scale
from connectors.viewer import Role
from gateway.app import create_app
from tests.stack import Gateway, Sandbox, SignInDesk, desk_at, settings_in_front_of, started_sandbox


@pytest.mark.verify
async def test_every_page_is_whole_and_in_budget_at_province_scale(tmp_path: Path) -> None:
    """Each on a gateway of its own, its caches cold: no error, nothing empty; warm without a call.

    None needs the calls more that the rule allows for batches of more than a hundred keys.
    """
    with started_sandbox(Scale.PROVINCE) as sandbox:
        for number, page in enumerate(pages(sandbox.world)):
            folder = tmp_path / str(number)
            folder.mkdir()
            async with gateway_of(sandbox, folder) as gateway:
                token = await token_for(page.case, await desk_at(sandbox, gateway))
                sandbox.reset()

                body = await gateway.query(page.case.body["query"], page.case.body["variables"], token)
                cold = sandbox.calls()
                again = await gateway.query(page.case.body["query"], page.case.body["variables"], token)

            assert "errors" not in body, (page.case.name, body["errors"])
            assert all(filled(value) for value in body["data"].values()), page.case.name
            assert sum(cold.values()) <= page.most_calls, (page.case.name, cold)
            assert sandbox.calls() == cold, page.case.name
            assert again["data"].keys() == body["data"].keys()


def filled(value: Any) -> bool:
    """Whether there is something: a list or a connection has entries."""
    return bool(value.get("edges", value) if isinstance(value, dict) else value)


@asynccontextmanager
async def gateway_of(sandbox: Sandbox, folder: Path) -> AsyncIterator[Gateway]:
    """A gateway that has kept nothing yet."""
    settings = settings_in_front_of(sandbox, folder)
    app = create_app(settings)
    parts = app.state.parts
    async with (
        parts.opened(),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client,
    ):
        yield Gateway(settings, parts, client)


async def token_for(case: Case, desk: SignInDesk) -> str | None:
    """An access token of the case's person."""
    if case.who == "partner":
        return await partner_token(desk.gateway, case.scope)
    if case.who == "ops":
        person = next(one for one in desk.sandbox.apps["zhezhengding"].persons if Role.OPS in one.roles)
        await desk.gateway.parts.authority.grants.grant(Role.OPS, "zhezhengding", person.employee_code)
        return await desk.operator_token(person.id)
    if case.person is None:
        return None
    platform = "zheliban" if case.who == "citizen" else "zhezhengding"
    return await desk.token(case.person, platform, case.scope)


async def partner_token(gateway: Gateway, scope: str) -> str:
    """A system's own token."""
    login = await gateway.parts.authority.clients.create("partner", grants=["client_credentials"], scopes=[scope])
    answer = await gateway.client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=login)
    return str(answer.json()["access_token"])
