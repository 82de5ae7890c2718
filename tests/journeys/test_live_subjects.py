"""Operation 24 and the other subscriptions: each is told to those who may see it, and to nobody else."""

from itertools import pairwise

from connectors.sandbox.faults import FaultKind
from schema.identifiers import global_id
from tests.askers import people_of
from tests.journeys.test_connector_health import ops_token, probe_all
from tests.journeys.test_create_work_order import SCOPES, reported
from tests.listening import data_of, next_of, opened, refusal_of, stream_of
from tests.replying import desk_for
from tests.stack import OpenGateway, Sandbox, SignInDesk, desk_at, operation
from tests.writers import BOTH, work_token

QUESTIONS = operation("24")
ORDER = "subscription ($id: ID!) { workOrderChanged(id: $id) { id status supplements { body } } }"
SUPPLEMENT = """mutation ($input: SupplementWorkOrderInput!) { supplementWorkOrder(input: $input) {
    workOrder { id } userErrors { code } } }"""
STATUS = "subscription ($id: ID!) { writeStatus(id: $id) { id effects { kind status } } }"
HEALTH = "subscription { connectorHealth { platform status } }"
QUIET = {"poll_s": 0}


async def test_a_question_is_told_to_the_studio_alone(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Its member hears of a private question at once; another studio's, who may not see it, hears nothing of it."""
    async with open_gateway(live=QUIET) as gateway:
        people = people_of(await desk_at(sandbox, gateway))
        studio = {"studioId": global_id("Studio", people.studio.key)}
        ours = await stream_of(gateway, QUESTIONS, studio, await people.member())
        theirs = await stream_of(
            gateway, QUESTIONS, studio, await work_token(people.desk, people.outsider.person, BOTH)
        )

        asked = await people.asked(await people.citizen())
        [message] = await next_of(ours)

        told = data_of(message)
        assert (told["id"], told["title"], told["status"]) == (asked, "物业不交账目怎么办", "SUBMITTED")
        assert told["asker"]["displayName"].endswith("*") or "*" in told["asker"]["displayName"]
        assert theirs.take() == []
        assert gateway.parts.subscriptions.counts.runs == 2
        ours.close()
        theirs.close()


async def test_a_question_that_came_past_us_is_found(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Asked at another gateway, it is found by looking as the member who listens."""
    async with open_gateway(live={"poll_s": 0.02}) as gateway, open_gateway() as other:
        people = people_of(await desk_at(sandbox, gateway))
        elsewhere = people_of(await desk_at(sandbox, other))
        studio = {"studioId": global_id("Studio", people.studio.key)}
        ours = await stream_of(gateway, QUESTIONS, studio, await people.member())

        asked = await elsewhere.asked(await elsewhere.citizen())
        [message] = await next_of(ours)

        assert data_of(message)["id"] == asked
        ours.close()


async def test_citizens_do_not_listen_to_a_studio(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Without ``duty:read`` it is refused, with the scope named."""
    studio = {"studioId": global_id("Studio", people_of(desk).studio.key)}

    refused = await opened(desk.gateway, QUESTIONS, studio, await desk.token("citizen-0001"))

    assert refusal_of(refused).facts == {"scope": "duty:read"}
    assert sandbox.calls().get("zheliban.studios.questions") is None


async def test_an_order_is_told_as_it_is_and_as_it_changes(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """The owner is told its state at once and each change once; another citizen is told nothing."""
    async with open_gateway(live=QUIET) as gateway:
        desk = await desk_at(sandbox, gateway)
        token, other = [await desk.token(sandbox.world.citizens[at].id, scope=SCOPES) for at in (7, 8)]
        made = await gateway.query(operation("18"), reported(), token)
        order = made["data"]["createWorkOrder"]["workOrder"]["id"]
        mine = await stream_of(gateway, ORDER, {"id": order}, token)
        theirs = await stream_of(gateway, ORDER, {"id": order}, other)

        [now] = await next_of(mine)
        given = {"workOrderId": order, "body": "又有两盏不亮。"}
        supplemented = await gateway.query(SUPPLEMENT, {"input": given}, token)
        [then] = await next_of(mine)

        assert "errors" not in supplemented
        assert (data_of(now)["status"], data_of(now)["supplements"]) == ("ACCEPTED", [])
        assert [one["body"] for one in data_of(then)["supplements"]] == ["又有两盏不亮。"]
        assert theirs.take() == []
        mine.close()
        theirs.close()


async def test_a_write_is_followed_to_its_end(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Who wrote hears how far it is, at once and until everything is done; nothing is told twice."""
    async with open_gateway(live=QUIET, writes={"digest_interval_s": 0}) as gateway:
        desk = await desk_for(sandbox, gateway)
        body = await desk.reply("已转交街道办理。")
        write = body["data"]["replyToQuestion"]["writeId"]

        stream = await stream_of(gateway, STATUS, {"id": write}, desk.token)
        told = [data_of((await next_of(stream))[0])]
        while {effect["status"] for effect in told[-1]["effects"]} != {"DONE"}:
            told.append(data_of((await next_of(stream))[0]))

        assert all(one["id"] == write for one in told)
        assert all(one != then for one, then in pairwise(told))
        stream.close()


async def test_operators_hear_which_platform_falls_ill(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """A status that changes is told with the platform it is of; others are not told anything."""
    async with open_gateway(live={"poll_s": 0.02}) as gateway:
        desk = await desk_at(sandbox, gateway)
        refused = await opened(gateway, HEALTH, None, await desk.token("citizen-0001"))
        stream = await stream_of(gateway, HEALTH, None, await ops_token(desk))

        sandbox.break_("duty", FaultKind.HTTP500)
        await probe_all(gateway, 5)
        [message] = await next_of(stream)

        assert data_of(message)["platform"] == "duty"
        assert data_of(message)["status"] in {"DEGRADED", "DOWN"}
        assert refusal_of(refused).facts == {"scope": "ops:read"}
        stream.close()
