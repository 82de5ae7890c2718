"""Introspection and the schema's file tell each what a sign-in of theirs could let them read."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from graphql import get_introspection_query

from gateway.execution.collect import NotPlannedError
from gateway.execution.compiled import CompiledOperation
from gateway.settings import LimitSettings
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at

FILE = "/graphql/schema.graphql"
MEMBER = '{ __type(name: "Member") { fields { name } } }'


@pytest.fixture
async def guarded(open_gateway: OpenGateway) -> AsyncIterator[Gateway]:
    """A gateway that tells each only their part, as outside the sandbox."""
    async with open_gateway(limits=LimitSettings(introspection="audience")) as opened:
        yield opened


@pytest.fixture
async def guarded_desk(sandbox: Sandbox, guarded: Gateway) -> SignInDesk:
    """A desk at it."""
    return await desk_at(sandbox, guarded)


async def fields(gateway: Gateway, token: str | None = None) -> set[str]:
    """The fields of a member that are told."""
    body = await gateway.query(MEMBER, token=token)
    return {field["name"] for field in body["data"]["__type"]["fields"]}


async def types(gateway: Gateway, token: str | None = None) -> set[str]:
    """The types that are told."""
    body = await gateway.query(get_introspection_query(), token=token)
    return {kind["name"] for kind in body["data"]["__schema"]["types"]}


async def test_anyone_is_told_of_public_fields(guarded: Gateway) -> None:
    """Nothing leads to what needs a scope: no field, no type behind it, no implementation of an interface."""
    assert "dutyScore" not in await fields(guarded)
    assert not {"DutyScore", "Connector", "Activity"} & await types(guarded)
    node = await guarded.query('{ __type(name: "Node") { possibleTypes { name fields { name } } } }')
    assert "dutyScore" not in str(node)
    assert (await guarded.query('{ __type(name: "DutyScore") { name } }'))["data"]["__type"] is None


async def test_a_member_is_told_of_their_duty(sandbox: Sandbox, guarded: Gateway, guarded_desk: SignInDesk) -> None:
    """Whatever scope the token has now: it could be asked for."""
    member = next(m.person for m in sandbox.world.members if m.person.work)
    token = await guarded_desk.token(member.id, "zhezhengding", "openid graph:read")

    assert "dutyScore" in await fields(guarded, token)
    assert "Connector" not in await types(guarded, token)
    assert "dutyScore" not in await fields(guarded)


async def test_the_file_follows_the_same_rule(sandbox: Sandbox, guarded: Gateway, guarded_desk: SignInDesk) -> None:
    """What is told to one is for one."""
    member = next(m.person for m in sandbox.world.members if m.person.work)
    token = await guarded_desk.token(member.id, "zhezhengding", "openid graph:read")

    public = await guarded.client.get(FILE)
    own = await guarded.client.get(FILE, headers={"Authorization": f"Bearer {token}"})
    forged = await guarded.client.get(FILE, headers={"Authorization": "Bearer none"})

    assert "dutyScore" not in public.text
    assert "dutyScore" in own.text
    assert (public.headers["cache-control"], own.headers["cache-control"]) == (
        "public, max-age=300",
        "private, max-age=60",
    )
    assert "Authorization" in public.headers["vary"]
    assert forged.status_code == 401


async def test_graphql_core_tells_no_more(guarded: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an operation falls back, it is told from the same schema."""

    def refuse(*_: Any) -> Any:
        raise NotPlannedError("for this test")

    monkeypatch.setattr(CompiledOperation, "plan", refuse)

    assert "dutyScore" not in await fields(guarded)


async def test_refusals_suggest_nothing_that_is_hidden(open_gateway: OpenGateway) -> None:
    """Even where suggestions are on."""
    limits = LimitSettings(introspection="audience")
    async with open_gateway(limits=limits, edge={"suggestions": True}) as opened:
        body = await opened.query('{ member(id: "x") { dutyScor } }')

    assert body["errors"][0]["extensions"]["code"]
    assert "dutyScore" not in str(body)


async def test_on_the_sandbox_everybody_is_told_everything(gateway: Gateway) -> None:
    """Front-end developers want to see what there is."""
    assert "dutyScore" in await fields(gateway)
    assert "Connector" in (await gateway.client.get(FILE)).text


async def test_off_is_off(open_gateway: OpenGateway) -> None:
    """The file then tells each their part."""
    async with open_gateway(limits=LimitSettings(introspection="off")) as opened:
        body = await opened.query(MEMBER)
        text = (await opened.client.get(FILE)).text

    assert body["errors"][0]["extensions"]["code"] == "INTROSPECTION_OFF"
    assert "dutyScore" not in text


async def test_descriptions_follow_the_language(gateway: Gateway, guarded: Gateway) -> None:
    """Chinese for who prefers it: types, fields and values of enums, whoever asked before, in the tabs of one browser."""
    text = """{
        kind: __type(name: "StudioCategory") { description enumValues { description } }
        studio: __type(name: "Studio") { fields { description } }
        studios(first: 1) { nodes { name } }
    }"""

    for one in (gateway, guarded):
        english, chinese, again = [
            (await one.query(text, **{"Accept-Language": language}))["data"] for language in ("en", "zh-CN", "en")
        ]

        assert chinese["kind"]["enumValues"][0]["description"] == "法律"
        assert chinese["kind"]["description"] != english["kind"]["description"]
        assert chinese["studio"]["fields"] != english["studio"]["fields"]
        assert (again, chinese["studios"]) == (english, english["studios"])


async def test_directives_are_told_as_tools_know_them(gateway: Gateway, guarded: Gateway) -> None:
    """Without the place that graphql-core adds ahead of the specification, which others' libraries refuse to write."""
    for one in (gateway, guarded):
        told = await one.query("{ __schema { directives { name locations } } }")

        places = {directive["name"]: directive["locations"] for directive in told["data"]["__schema"]["directives"]}
        assert places["deprecated"] == [
            "FIELD_DEFINITION",
            "ARGUMENT_DEFINITION",
            "INPUT_FIELD_DEFINITION",
            "ENUM_VALUE",
        ]
        assert {"cost", "listSize"} <= places.keys()
