"""Who listens is told what they may see, in bounds, and is told why when it ends."""

import asyncio
from typing import Any
from uuid import uuid4

from auth.revocations import Revoked
from connectors.deadline import Deadline
from connectors.duty.sandbox.forum.agenda import key_of
from connectors.ports import StatementDesk
from connectors.records.statement import StatementDraft
from connectors.viewer import Ask, Role, Viewer
from gateway.execution.operation import Language
from gateway.live.streams import Stream
from schema.identifiers import global_id
from tests.listening import data_of, end_of, next_of, opened, refusal_of, stream_of
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at, operation

LIVE = operation("13")
MARKS = """subscription ($deliberationId: ID!) { statementPosted(deliberationId: $deliberationId) {
    id author { ... on Member { studios { id viewerFollows } } } } }"""
FOLLOW = "mutation ($id: ID!) { followStudio(input: { studioId: $id }) { userErrors { code } } }"
BUSIEST = 5


class Room:
    """A deliberation in which a member of a studio speaks."""

    def __init__(self, sandbox: Sandbox, gateway: Gateway) -> None:
        self.gateway = gateway
        self.studio = next(s for s in sandbox.world.studios if s.members[0].committee == sandbox.world.committees[0])
        self.key = key_of(sandbox.world.committees[0], BUSIEST)
        self.variables: dict[str, Any] = {"deliberationId": global_id("Deliberation", self.key)}

    async def said(self, body: str = "说几句") -> str:
        """Say something, and have it told; answers its key."""
        roles = frozenset({Role.ANYONE, Role.MEMBER})
        ask = Ask(Viewer("p", roles=roles, member_key=self.studio.members[0].key), Deadline.after(20))
        post = self.gateway.parts.engine.sources[StatementDesk.post_statement]
        posted = await post(StatementDraft(deliberation_key=self.key, body=body), uuid4().hex, ask)
        key = str(posted.key)
        self.tell(key)
        return key

    def tell(self, key: str) -> None:
        """Say on the bus that it was said."""
        self.gateway.parts.bus.publish(f"statements:{self.key}", key)


def quiet(**more: Any) -> dict[str, Any]:
    """Settings by which nothing is looked for."""
    return {"live": {"poll_s": 0, **more}}


async def test_what_depends_on_who_asks_is_told_apart(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Two citizens with the same rights are told each their own mark, although statements are alike for all."""
    async with open_gateway(**quiet()) as gateway:
        desk, room = await desk_at(sandbox, gateway), Room(sandbox, gateway)
        scope, studio = "openid graph:read question:write", global_id("Studio", room.studio.key)
        follower, other = [await desk.token(sandbox.world.citizens[at].id, scope=scope) for at in (20, 21)]
        await gateway.query(FOLLOW, {"id": studio}, follower)
        streams = [await stream_of(gateway, MARKS, room.variables, token) for token in (follower, other, follower)]

        await room.said()
        await room.said()
        told = [[data_of(message) for message in await next_of(stream, 2)] for stream in streams]

        marks = [[one["author"]["studios"][0]["viewerFollows"] for one in each] for each in told]
        assert marks == [[True, True], [False, False], [True, True]]
        assert gateway.parts.subscriptions.counts.runs <= 2 + 2 * 2  # at worst both were begun for all
        for stream in streams:
            stream.close()


async def test_a_slow_reader_is_ended_and_others_are_not(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Who takes nothing is ended with the reason once too much waits, and takes no memory; the next one hears all."""
    async with open_gateway(**quiet(queue=3)) as gateway:
        desk, room = await desk_at(sandbox, gateway), Room(sandbox, gateway)
        token = await desk.token("citizen-0001")
        slow = await opened(gateway, LIVE, room.variables, token, language=Language.ZH)
        assert isinstance(slow, Stream)
        quick = await stream_of(gateway, LIVE, room.variables, token)

        heard = []
        for _ in range(5):
            await room.said()
            heard += await next_of(quick)

        error = await end_of(slow)
        assert (error["extensions"]["code"], error["extensions"]["retryable"]) == ("SLOW_READER", True)
        assert "推送" in error["message"]
        assert slow.take() == []
        assert len(heard) == 5
        assert gateway.parts.subscriptions.counts.slow == 1
        quick.close()


async def test_who_loses_their_rights_is_ended(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """A person whose token is taken back hears so within a look, by itself; others go on."""
    async with open_gateway(**quiet(recheck_s=0.02)) as gateway:
        desk, room = await desk_at(sandbox, gateway), Room(sandbox, gateway)
        gone, stays = [await desk.token(sandbox.world.citizens[at].id) for at in (22, 23)]
        theirs = await stream_of(gateway, LIVE, room.variables, gone)
        ours = await stream_of(gateway, LIVE, room.variables, stays)

        person = str((await gateway.parts.authority.viewer_of(gone)).person_id)
        await gateway.parts.authority.revocations.revoke(Revoked.PERSON, person)

        assert (await end_of(theirs))["extensions"]["code"] == "TOKEN_ENDED"
        await room.said()
        assert len(await next_of(ours)) == 1
        ours.close()


async def test_who_is_given_other_rights_subscribes_again(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """What they are told was decided by what they were; the stream ends by name, and the token stays good."""
    async with open_gateway(**quiet()) as gateway:
        desk, room = await desk_at(sandbox, gateway), Room(sandbox, gateway)
        person = next(p for p in sandbox.world.officials if p.work and not {"ops", "staff"} & set(p.roles))
        token = await desk.token(person.id, "zhezhengding")
        stream = await stream_of(gateway, LIVE, room.variables, token)

        code = person.work.employee_code if person.work else None
        await gateway.parts.authority.grants.grant(Role.MODERATOR, "zhezhengding", code)
        again = await desk.token(person.id, "zhezhengding")  # signed in anew, which is when roles are looked at
        gateway.parts.authority.tokens.forget()  # as when the minute is over for which it is remembered
        await gateway.parts.subscriptions.look_again()

        assert (await end_of(stream))["extensions"]["code"] == "RIGHTS_CHANGED"
        then = await stream_of(gateway, LIVE, room.variables, again)
        then.close()


async def test_a_gateway_that_stops_says_so(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Everybody may go on elsewhere; nobody is taken any more."""
    async with open_gateway(**quiet()) as gateway:
        desk, room = await desk_at(sandbox, gateway), Room(sandbox, gateway)
        token = await desk.token("citizen-0001")
        stream = await stream_of(gateway, LIVE, room.variables, token)

        gateway.parts.subscriptions.stop()

        assert (await end_of(stream))["extensions"]["code"] == "GATEWAY_STOPPING"
        assert refusal_of(await opened(gateway, LIVE, room.variables, token)).code == "GATEWAY_STOPPING"
        assert len(gateway.parts.subscriptions) == 0


async def test_no_more_streams_than_allowed(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """The next is refused by name until one is closed."""
    async with open_gateway(**quiet(max_streams=1)) as gateway:
        desk, room = await desk_at(sandbox, gateway), Room(sandbox, gateway)
        token = await desk.token("citizen-0001")
        stream = await stream_of(gateway, LIVE, room.variables, token)

        refused = await opened(gateway, LIVE, room.variables, token)
        stream.close()
        then = await opened(gateway, LIVE, room.variables, token)

        assert refusal_of(refused).code == "TOO_MANY_STREAMS"
        assert isinstance(then, Stream)
        then.close()


async def test_one_person_takes_not_all_streams(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """However many connections they have; others listen on, and a stream that is closed makes room."""
    async with open_gateway(**quiet(max_streams_per_person=2)) as gateway:
        desk, room = await desk_at(sandbox, gateway), Room(sandbox, gateway)
        token, other = [await desk.token(f"citizen-000{number}") for number in (1, 2)]
        streams = [await stream_of(gateway, LIVE, room.variables, token) for _ in range(2)]

        refused = await opened(gateway, LIVE, room.variables, token)
        streams.append(await stream_of(gateway, LIVE, room.variables, other))
        streams.pop(0).close()
        streams.append(await stream_of(gateway, LIVE, room.variables, token))

        assert refusal_of(refused).code == "TOO_MANY_STREAMS"
        assert len(gateway.parts.subscriptions) == 3
        for stream in streams:
            stream.close()


async def test_what_was_told_is_not_told_again(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Events may come twice, from an act and from looking: readers hear once, in order."""
    async with open_gateway(**quiet()) as gateway:
        desk, room = await desk_at(sandbox, gateway), Room(sandbox, gateway)
        stream = await stream_of(gateway, LIVE, room.variables, await desk.token("citizen-0001"))

        keys = []
        for number in range(6):
            keys.append(await room.said(f"第 {number} 条"))
            room.tell(keys[-1])
            room.tell(keys[0])
        messages = await next_of(stream, 6)
        await asyncio.sleep(0.1)

        assert [data_of(message)["id"] for message in messages] == [global_id("Statement", key) for key in keys]
        assert stream.take() == []
        stream.close()


async def test_what_is_no_subscription_is_answered_at_once(desk: SignInDesk) -> None:
    """A query runs as over HTTP; a subscription over plain HTTP is told where it can be opened."""
    answered = await opened(desk.gateway, "{ __typename }")
    body = await desk.gateway.query("subscription { connectorHealth { platform } }")

    assert not isinstance(answered, Stream)
    assert answered.executed
    assert body["errors"][0]["extensions"]["code"] == "OPERATION_NOT_SUPPORTED"


async def test_bad_subscriptions_are_refused_before_anything_runs(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Two fields, none that is left, an id of another type, one too costly: nothing is opened, nothing asked."""
    token = await desk.token("citizen-0001")
    studio = global_id("Studio", "S1")
    texts = [
        'subscription { a: writeStatus(id: "x") { id } b: writeStatus(id: "y") { id } }',
        'subscription { writeStatus(id: "x") @skip(if: true) { id } }',
        f'subscription {{ statementPosted(deliberationId: "{studio}") {{ id }} }}',
        'subscription { writeStatus(id: "") { id } }',
    ]
    sandbox.reset()

    for text in texts:
        answered = await opened(desk.gateway, text, None, token)
        assert not isinstance(answered, Stream), text
        assert not answered.executed

    assert sandbox.calls() == {}
    assert len(desk.gateway.parts.subscriptions) == 0
