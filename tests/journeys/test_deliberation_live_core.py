"""Operation 13: who listens to a deliberation hears each statement as it is published, once."""

from typing import Any
from uuid import uuid4

import pytest

from connectors.deadline import Deadline
from connectors.duty.sandbox.forum.agenda import key_of
from connectors.ports import StatementDesk
from connectors.records.statement import Statement, StatementDraft
from connectors.sandbox.faults import FaultKind
from connectors.viewer import Ask, Role, Viewer
from gateway.live.streams import Stream
from schema.identifiers import global_id
from tests.listening import data_of, end_of, next_of, opened, refusal_of, stream_of
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at, operation

LIVE = operation("13")
BUSIEST = 5
QUIET = {"live": {"poll_s": 0}}
"""Nothing is looked for: what is told was published."""


def room(sandbox: Sandbox) -> str:
    """The key of an open online deliberation."""
    return key_of(sandbox.world.committees[0], BUSIEST)


def variables(sandbox: Sandbox) -> dict[str, Any]:
    """Those of the operation."""
    return {"deliberationId": global_id("Deliberation", room(sandbox))}


def member(sandbox: Sandbox) -> Viewer:
    """One who speaks in it."""
    found = next(one for one in sandbox.world.members if one.committee == sandbox.world.committees[0])
    return Viewer("p", roles=frozenset({Role.ANYONE, Role.MEMBER}), member_key=found.key)


async def said(gateway: Gateway, sandbox: Sandbox, body: str) -> Statement:
    """Let a member say something on the platform, past the gateway's own mutations."""
    post = gateway.parts.engine.sources[StatementDesk.post_statement]
    draft = StatementDraft(deliberation_key=room(sandbox), body=body)
    ask = Ask(member(sandbox), Deadline.after(20))
    posted: Statement = await post(draft, uuid4().hex, ask)
    return posted


async def test_a_statement_is_told_as_it_is_published(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Operation 13 answers as written, with one call for what was said."""
    stream = await stream_of(desk.gateway, LIVE, variables(sandbox), await desk.token("citizen-0001"))
    statement = await said(desk.gateway, sandbox, "加装电梯的补贴应当一次发放")

    desk.gateway.parts.bus.publish(f"statements:{room(sandbox)}", statement.key)
    [message] = await next_of(stream)

    told = data_of(message)
    assert told["id"] == global_id("Statement", statement.key)
    assert told["body"] == "加装电梯的补贴应当一次发放"
    assert told["author"]["__typename"] == "Member"
    assert told["author"]["name"]
    stream.close()


async def test_what_nobody_publishes_is_found_by_looking(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """A statement that came past the gateway is told all the same, and not twice where both tell of it."""
    async with open_gateway(live={"poll_s": 0.02}) as gateway:
        desk = await desk_at(sandbox, gateway)
        stream = await stream_of(gateway, LIVE, variables(sandbox), await desk.token("citizen-0001"))

        first = await said(gateway, sandbox, "第一条")
        gateway.parts.bus.publish(f"statements:{room(sandbox)}", first.key)
        [told] = await next_of(stream)
        second = await said(gateway, sandbox, "第二条")
        [then] = await next_of(stream)

        assert data_of(told)["body"] == "第一条"
        assert data_of(then)["id"] == global_id("Statement", second.key)
        stream.close()


async def test_listeners_with_the_same_rights_share_a_run(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Fifty citizens who listen to the same cost one run a statement, and are handed the same bytes."""
    async with open_gateway(**QUIET) as gateway:
        desk = await desk_at(sandbox, gateway)
        tokens = [await desk.token(f"citizen-000{number}") for number in (1, 2)]
        streams = [await stream_of(gateway, LIVE, variables(sandbox), tokens[at % 2]) for at in range(50)]
        statement = await said(gateway, sandbox, "大家都听得到")

        gateway.parts.bus.publish(f"statements:{room(sandbox)}", statement.key)
        messages = [(await next_of(stream))[0] for stream in streams]

        assert gateway.parts.subscriptions.counts.runs == 1
        assert all(message.payload is messages[0].payload for message in messages)
        for stream in streams:
            stream.close()
        assert (len(gateway.parts.subscriptions), gateway.parts.subscriptions.topics) == (0, 0)


async def test_who_comes_back_hears_what_came_meanwhile(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """By the last id nothing is lost and nothing told twice; an id that is too old is refused by name."""
    async with open_gateway(**QUIET) as gateway:
        desk = await desk_at(sandbox, gateway)
        token, topic = await desk.token("citizen-0001"), f"statements:{room(sandbox)}"
        stream = await stream_of(gateway, LIVE, variables(sandbox), token)
        statements = [await said(gateway, sandbox, f"第 {number} 条") for number in range(4)]
        gateway.parts.bus.publish(topic, statements[0].key)
        [last] = await next_of(stream)
        stream.close()
        for statement in statements[1:3]:
            gateway.parts.bus.publish(topic, statement.key)

        again = await opened(gateway, LIVE, variables(sandbox), token, behind=last.id)
        assert isinstance(again, Stream)
        gateway.parts.bus.publish(topic, statements[3].key)
        messages = await next_of(again, 3)
        late = await opened(gateway, LIVE, variables(sandbox), token, behind="1-0")

        assert [data_of(message)["body"] for message in messages] == ["第 1 条", "第 2 条", "第 3 条"]
        assert refusal_of(late).code == "RESUME_TOO_LATE"
        again.close()


async def test_without_the_scope_nobody_listens(gateway: Gateway, sandbox: Sandbox) -> None:
    """Who has no token is refused before anything is opened, with the scope named."""
    refused = await opened(gateway, LIVE, variables(sandbox))

    assert (refusal_of(refused).code, refusal_of(refused).facts) == ("FORBIDDEN", {"scope": "graph:read"})
    assert len(gateway.parts.subscriptions) == 0


async def test_a_revoked_token_ends_the_stream(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Once the token is taken back the next look ends the stream, and says so."""
    token = await desk.token("citizen-0001")
    stream = await stream_of(desk.gateway, LIVE, variables(sandbox), token)

    await desk.gateway.client.post("/oauth/revoke", data={"token": token}, auth=desk.login)
    await desk.gateway.parts.subscriptions.look_again()

    assert (await end_of(stream))["extensions"]["code"] == "TOKEN_ENDED"


@pytest.mark.parametrize("kind", [FaultKind.HTTP500, FaultKind.GARBAGE])
async def test_an_ill_platform_is_told_in_place(open_gateway: OpenGateway, sandbox: Sandbox, kind: FaultKind) -> None:
    """The field is null with the platform's error; the stream goes on."""
    async with open_gateway(**QUIET) as gateway:
        desk = await desk_at(sandbox, gateway)
        stream = await stream_of(gateway, LIVE, variables(sandbox), await desk.token("citizen-0001"))
        statement = await said(gateway, sandbox, "病中的一条")
        sandbox.break_("duty", kind, "statements")

        gateway.parts.bus.publish(f"statements:{room(sandbox)}", statement.key)
        [message] = await next_of(stream)
        sandbox.reset()
        gateway.parts.bus.publish(f"statements:{room(sandbox)}", statement.key)
        [then] = await next_of(stream)

        assert b'"statementPosted":null' in message.payload
        assert b'"platform":"duty"' in message.payload
        assert data_of(then)["body"] == "病中的一条"
        stream.close()
