"""Operation 24 over the wire, by both transports: a studio's member hears of a question as it is asked."""

import json

from schema.identifiers import global_id
from tests.askers import people_of
from tests.stack import OpenGateway, Sandbox, desk_at, operation
from tests.wires import QUIET, events_of, heard_of, listening, socket_to
from tests.writers import BOTH, work_token

QUESTIONS = operation("24")


async def test_a_question_is_heard_by_its_studio(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Over WebSocket and as an event, once each; a member of another studio hears nothing of a private one."""
    async with open_gateway(live=QUIET) as gateway, listening(gateway) as port:
        people = people_of(await desk_at(sandbox, gateway))
        studio = {"studioId": global_id("Studio", people.studio.key)}
        member, outsider = await people.member(), await work_token(people.desk, people.outsider.person, BOTH)
        async with (
            socket_to(port) as ours,
            socket_to(port) as theirs,
            events_of(port, QUESTIONS, studio, member) as events,
        ):
            for socket, token in ((ours, member), (theirs, outsider)):
                await socket.ready(authorization=f"Bearer {token}")
                await socket.subscribe("live", QUESTIONS, studio)
            await heard_of(gateway, 3)

            asked = await people.asked(await people.citizen())
            heard = await ours.hear()
            event = await events.next()
            await theirs.say("ping")
            told_them = await theirs.hear()

    told = heard["payload"]["data"]["questionAsked"]
    assert (told["id"], told["status"]) == (asked, "SUBMITTED")
    assert told == json.loads(event["data"])["data"]["questionAsked"]
    assert told_them == {"type": "pong"}


async def test_citizens_do_not_listen_to_a_studio(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Without ``duty:read`` it is refused by name, and the connection goes on."""
    async with open_gateway(live=QUIET) as gateway, listening(gateway) as port, socket_to(port) as socket:
        people = people_of(await desk_at(sandbox, gateway))
        await socket.ready(authorization=f"Bearer {await people.desk.token('citizen-0001')}")
        await socket.subscribe("live", QUESTIONS, {"studioId": global_id("Studio", people.studio.key)})
        refused = await socket.hear()
        await socket.subscribe("live", "{ __typename }")
        then = await socket.hear()

    assert refused["payload"][0]["extensions"]["code"] == "FORBIDDEN"
    assert refused["payload"][0]["extensions"]["scope"] == "duty:read"
    assert then["type"] == "next"
