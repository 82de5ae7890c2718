"""Operation 13 over the wire, by both transports: what a member says is heard by those who listen, once."""

import json

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.stack import OpenGateway, Sandbox, desk_at
from tests.wires import LIVE, QUIET, events_of, heard_of, in_room, listening, room, said, socket_to
from tests.writers import WRITE, members, work_token

POST = """mutation ($input: PostStatementInput!) { postStatement(input: $input) { published statement { id }
    userErrors { code } } }"""


async def test_what_is_said_over_one_transport_is_heard_over_both(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """A member posts over a WebSocket; a citizen hears it there and as an event, as operation 13 asks, each once."""
    async with open_gateway(live=QUIET) as gateway, listening(gateway) as port:
        desk = await desk_at(sandbox, gateway)
        citizen = await desk.token("citizen-0001")
        speaker = members(sandbox.world, sandbox.world.committees[0])[0]
        member = await work_token(desk, speaker.person, WRITE)
        words = {"input": {"deliberationId": in_room(sandbox)["deliberationId"], "body": "建议增设夜间公交"}}
        async with (
            socket_to(port) as listener,
            socket_to(port) as speaking,
            events_of(port, LIVE, in_room(sandbox), citizen) as events,
        ):
            await listener.ready(authorization=f"Bearer {citizen}")
            await listener.subscribe("live", LIVE, in_room(sandbox))
            await heard_of(gateway, 2)

            await speaking.ready(authorization=f"Bearer {member}")
            await speaking.subscribe("post", POST, words)
            posted = await speaking.hear()
            heard = await listener.hear()
            event = await events.next()
            await said(gateway, sandbox, "下一条")
            following = (await listener.hear(), json.loads((await events.next())["data"]))

    made = posted["payload"]["data"]["postStatement"]
    assert (made["published"], made["userErrors"]) == (True, [])
    told = heard["payload"]["data"]["statementPosted"]
    assert told == json.loads(event["data"])["data"]["statementPosted"]
    assert (told["id"], told["body"]) == (made["statement"]["id"], "建议增设夜间公交")
    assert told["author"] == {
        "__typename": "Member",
        "id": global_id("Member", speaker.key),
        "name": told["author"]["name"],
    }
    assert told["author"]["name"]
    assert following[0]["payload"]["data"]["statementPosted"]["body"] == "下一条"
    assert following[1]["data"]["statementPosted"]["body"] == "下一条"


async def test_without_a_token_nobody_listens(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """FORBIDDEN names the scope: an error of the operation over WebSocket, an answer with errors as an event."""
    async with open_gateway(live=QUIET) as gateway, listening(gateway) as port, socket_to(port) as socket:
        await socket.ready()
        await socket.subscribe("live", LIVE, in_room(sandbox))
        refused = await socket.hear()
        async with events_of(port, LIVE, in_room(sandbox)) as events:
            event, complete = await events.next(), await events.next()

    for error in (refused["payload"][0], json.loads(event["data"])["errors"][0]):
        assert error["extensions"]["code"] == "FORBIDDEN"
        assert error["extensions"]["scope"] == "graph:read"
    assert (refused["type"], complete["event"]) == ("error", "complete")


async def test_a_platform_that_is_down_is_told_in_its_place(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """The statement cannot be read: null with the error, and who listens goes on hearing the next one."""
    async with open_gateway(live=QUIET, hurried="duty") as gateway, listening(gateway) as port:
        desk = await desk_at(sandbox, gateway)
        async with socket_to(port) as socket:
            await socket.ready(authorization=f"Bearer {await desk.token('citizen-0001')}")
            await socket.subscribe("live", LIVE, in_room(sandbox))
            await heard_of(gateway, 1)
            statement = await said(gateway, sandbox, "第一条")
            await socket.hear()
            sandbox.break_("duty", FaultKind.REFUSE)
            gateway.parts.cache.drop({f"statement:{statement.key}"})

            gateway.parts.bus.publish(f"statements:{room(sandbox)}", "S999999")
            failed = await socket.hear()
            sandbox.reset()
            await said(gateway, sandbox, "第二条")
            then = await socket.hear()

    assert failed["payload"]["data"] == {"statementPosted": None}
    assert failed["payload"]["errors"][0]["extensions"]["platform"] == "duty"
    assert then["payload"]["data"]["statementPosted"]["body"] == "第二条"
