"""``graphql-transport-ws`` over a real socket: what is answered, what is refused, what a connection is closed with."""

import asyncio
import sys

import pytest
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode

from auth.client import GrantType
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at
from tests.wires import LIVE, QUIET, flooded, heard_of, in_room, listening, said, socket_to, transports_of

HELLO = "{ __typename }"


async def test_a_statement_is_heard(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """Who subscribed is told of what is said from then on, until it completes the operation."""
    token = await desk.token("citizen-0001")
    async with socket_to(port) as socket:
        await socket.ready(authorization=f"Bearer {token}")
        await socket.subscribe("a", LIVE, in_room(sandbox))
        await heard_of(desk.gateway, 1)

        await said(desk.gateway, sandbox, "加装电梯")
        told = await socket.hear()
        await socket.say("complete", "a")
        await heard_of(desk.gateway, 0)

    assert (told["type"], told["id"]) == ("next", "a")
    assert told["payload"]["data"]["statementPosted"]["body"] == "加装电梯"
    assert set(told["payload"]) == {"data"}


async def test_queries_are_answered(port: int) -> None:
    """Once, and then they are complete."""
    async with socket_to(port) as socket:
        await socket.ready()
        await socket.subscribe("q", HELLO)

        assert await socket.hear() == {"type": "next", "id": "q", "payload": {"data": {"__typename": "Query"}}}
        assert await socket.hear() == {"type": "complete", "id": "q"}


async def test_a_refused_operation_is_an_error(sandbox: Sandbox, port: int) -> None:
    """By validation, by its payload, or because the asker may not listen; the connection goes on."""
    async with socket_to(port, additional_headers={"Accept-Language": "zh"}) as socket:
        await socket.ready()
        await socket.subscribe("a", "{ nothingOfThatName }")
        await socket.say("subscribe", "b", payload={"query": 1})
        await socket.subscribe("c", LIVE, in_room(sandbox))
        told = {message["id"]: message for message in [await socket.hear() for _ in range(3)]}
        await socket.subscribe("a", HELLO)
        again = await socket.hear()

    codes = {name: message["payload"][0]["extensions"]["code"] for name, message in told.items()}
    assert codes == {"a": "GRAPHQL_VALIDATION_FAILED", "b": "BAD_PARAMETER", "c": "FORBIDDEN"}
    assert {message["type"] for message in told.values()} == {"error"}
    assert "接口定义" in told["a"]["payload"][0]["message"]
    assert again["type"] == "next"


@pytest.mark.parametrize(
    ("texts", "code", "reason"),
    [
        (["{"], 4400, "not a message"),
        (['["ping"]'], 4400, "not a message"),
        (['{"type":"start"}'], 4400, "start"),
        (['{"type":"' + "开始" * 30 + '"}'], 4400, "开始"),
        (["INIT", '{"type":"subscribe","payload":{"query":"{x}"}}'], 4400, "needs an id"),
        (["INIT", '{"type":"subscribe","id":"a"}'], 4400, "payload"),
        (["INIT", '{"type":"subscribe","id":"' + "a" * 200 + '","payload":{}}'], 4400, "characters"),
        (['{"type":"subscribe","id":"a","payload":{"query":"{x}"}}'], 4401, "Unauthorized"),
        (["INIT", '{"type":"connection_init"}'], 4429, "Too many initialisation requests"),
        (['{"type":"connection_init","payload":{"authorization":"Bearer nonsense"}}'], 4403, "INVALID_TOKEN"),
        (['{"type":"connection_init","payload":{"Authorization":"Basic YTpi"}}'], 4403, "AUTHORIZATION_NOT_SUPPORTED"),
        (['{"type":"connection_init","payload":{"authorization":1}}'], 4403, "AUTHORIZATION_NOT_SUPPORTED"),
        (['{"type":"connection_init","payload":[]}'], 4400, "BAD_PARAMETER"),
    ],
)
async def test_what_breaks_the_protocol_closes_the_connection(
    port: int, texts: list[str], code: int, reason: str
) -> None:
    """With the protocol's own code, and a reason."""
    async with socket_to(port) as socket:
        for text in texts:
            if text == "INIT":
                await socket.ready()
            else:
                await socket.connection.send(text)

        told = await socket.closing()

    assert told[0] == code
    assert reason in told[1]
    assert len(told[1].encode()) <= 123


async def test_an_id_that_is_taken_closes_the_connection(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """4409, as the protocol says; nobody listens any more then."""
    async with socket_to(port) as socket:
        await socket.ready(authorization=f"Bearer {await desk.token('citizen-0001')}")
        await socket.subscribe("a", LIVE, in_room(sandbox))
        await heard_of(desk.gateway, 1)
        await socket.subscribe("a", LIVE, in_room(sandbox))

        assert await socket.closing() == (4409, "Subscriber for a already exists")
        await heard_of(desk.gateway, 0)


async def test_a_reason_that_repeats_what_came_fits_its_frame(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """A close frame takes 123 bytes, and an id may have more."""
    async with socket_to(port) as socket:
        await socket.ready(authorization=f"Bearer {await desk.token('citizen-0001')}")
        for _ in range(2):
            await socket.subscribe("听" * 128, LIVE, in_room(sandbox))

        code, reason = await socket.closing()

    assert code == 4409
    assert reason.startswith("Subscriber for 听听听")
    assert len(reason.encode()) <= 123


async def test_another_subprotocol_is_none(port: int) -> None:
    """The earlier protocol of the same name as the package, or none at all."""
    async with socket_to(port, "graphql-ws") as socket:
        assert await socket.closing() == (4406, "Subprotocol not acceptable")


async def test_who_says_nothing_is_not_waited_for(open_gateway: OpenGateway) -> None:
    """4408, once the time for ``connection_init`` is over."""
    hurried = QUIET | {"connection_init_ms": 30}
    async with open_gateway(live=hurried) as gateway, listening(gateway) as port, socket_to(port) as socket:
        assert await socket.closing() == (4408, "Connection initialisation timeout")


async def test_pings_are_answered(port: int) -> None:
    """With what came along; a pong is taken."""
    async with socket_to(port) as socket:
        await socket.say("ping", payload={"at": 1})
        await socket.say("pong")
        await socket.say("ping")

        assert await socket.hear() == {"type": "pong", "payload": {"at": 1}}
        assert await socket.hear() == {"type": "pong"}


async def test_an_origin_nobody_registered_is_refused(port: int) -> None:
    """Before the connection is opened: a page of another site cannot make its visitors' browsers ask."""
    for origin in ("https://elsewhere.example.cn", "null"):
        with pytest.raises(InvalidStatus) as refused:
            async with socket_to(port, origin=origin):
                pass

        assert refused.value.response.status_code == 403
        assert b"ORIGIN_NOT_ALLOWED" in refused.value.response.body


async def test_a_page_shows_its_own_clients_token(desk: SignInDesk, port: int) -> None:
    """The page of one client may not use another's token; our own page (the IDE) may open a connection."""
    await desk.gateway.parts.authority.clients.create(
        "pages",
        grants=[GrantType.AUTHORIZATION_CODE],
        scopes=["openid"],
        redirect_uris=["https://app.example.cn/callback"],
        origins=["https://app.example.cn"],
    )
    token = await desk.token("citizen-0001")

    async with socket_to(port, origin="https://app.example.cn") as socket:
        await socket.say("connection_init", payload={"authorization": f"Bearer {token}"})
        told = await socket.closing()
    async with socket_to(port, origin=desk.gateway.settings.public_url) as socket:
        await socket.ready(authorization=f"Bearer {token}")

    assert told[0] == 4403
    assert told[1].startswith("ORIGIN_NOT_ALLOWED")


async def test_a_token_may_come_with_the_upgrade(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """In the header Authorization; a bad one is refused as over HTTP."""
    good = {"Authorization": f"Bearer {await desk.token('citizen-0001')}"}
    async with socket_to(port, additional_headers=good) as socket:
        await socket.ready()
        await socket.subscribe("a", LIVE, in_room(sandbox))
        await heard_of(desk.gateway, 1)
    with pytest.raises(InvalidStatus) as refused:
        async with socket_to(port, additional_headers={"Authorization": "Bearer nonsense"}):
            pass

    assert refused.value.response.status_code == 401
    assert refused.value.response.headers["www-authenticate"].startswith("Bearer")


async def test_a_token_that_is_taken_back_ends_the_connection(sandbox: Sandbox, desk: SignInDesk, port: int) -> None:
    """4403 with the reason: clients connect again by themselves then, with a new token."""
    token = await desk.token("citizen-0001")
    authority = desk.gateway.parts.authority
    async with socket_to(port) as socket:
        await socket.ready(authorization=f"Bearer {token}")
        await socket.subscribe("a", LIVE, in_room(sandbox))
        await heard_of(desk.gateway, 1)
        await desk.gateway.client.post("/oauth/revoke", data={"token": token}, auth=desk.login)
        await authority.revocations.refresh()

        await desk.gateway.parts.subscriptions.look_again()
        told = await socket.closing()

    assert told[0] == 4403
    assert told[1].startswith("TOKEN_ENDED: ")


async def test_an_old_connection_begins_nothing_with_an_ended_token(desk: SignInDesk, port: int) -> None:
    """The token is looked at again with each operation."""
    token = await desk.token("citizen-0001")
    async with socket_to(port) as socket:
        await socket.ready(authorization=f"Bearer {token}")
        await desk.gateway.client.post("/oauth/revoke", data={"token": token}, auth=desk.login)
        await socket.subscribe("a", HELLO)

        assert (await socket.closing())[0] == 4403


async def test_connections_are_counted(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Per address and per person; who is one too many is told to come again, and a place that is left is free."""
    most = {"max_connections_per_address": 2, "max_connections_per_person": 1, "max_operations": 1}
    async with open_gateway(live=QUIET | most) as gateway, listening(gateway) as port:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        async with socket_to(port) as one:
            await one.ready(authorization=f"Bearer {token}")
            async with socket_to(port) as two:
                await two.say("connection_init", payload={"authorization": f"Bearer {token}"})
                told = await two.closing()
            async with socket_to(port), socket_to(port):
                with pytest.raises(InvalidStatus) as refused:
                    async with socket_to(port):
                        pass
            await one.subscribe("a", LIVE, in_room(sandbox))
            await one.subscribe("b", LIVE, in_room(sandbox))
            error = await one.hear()
        async with socket_to(port) as again:
            await again.ready(authorization=f"Bearer {token}")

    assert told[0] == 1013
    assert told[1].startswith("TOO_MANY_CONNECTIONS")
    assert refused.value.response.status_code == 429
    assert error["payload"][0]["extensions"]["code"] == "TOO_MANY_OPERATIONS"


async def test_messages_have_a_bound(open_gateway: OpenGateway) -> None:
    """1009 (RFC 6455), before the whole of it is read."""
    small = QUIET | {"max_message_bytes": 1024}
    async with open_gateway(live=small) as gateway, listening(gateway) as port, socket_to(port) as socket:
        await socket.say("ping", payload={"long": "x" * 2000})

        assert (await socket.closing())[0] == 1009


async def test_fragments_are_put_together(port: int) -> None:
    """A message may come in several frames."""
    async with socket_to(port) as socket:
        await socket.connection.send(iter(['{"type":', '"pi', 'ng"}']))

        assert await socket.hear() == {"type": "pong"}


async def test_empty_fragments_do_not_add_up(gateway: Gateway, port: int) -> None:
    """A message that never ends keeps what it said in memory, and nothing of how often it said nothing."""
    async with socket_to(port) as socket:
        wire = socket.connection.transport
        wire.write(Frame(Opcode.TEXT, b'{"type":', fin=False).serialize(mask=True))
        wire.write(Frame(Opcode.CONT, b"", fin=False).serialize(mask=True) * 5000)
        await (await socket.connection.ping())
        [kept] = transports_of(gateway).websockets._open
        size = sys.getsizeof(kept._text)
        wire.write(Frame(Opcode.CONT, b'"ping"}').serialize(mask=True))

        assert await socket.hear() == {"type": "pong"}
    assert size < 1000


async def test_a_gateway_that_stops_says_so(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """1012: clients come again by themselves."""
    async with open_gateway(live=QUIET) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await desk.token("citizen-0001")
        async with listening(gateway) as port:
            connecting = socket_to(port)
            socket = await connecting.__aenter__()
            await socket.ready(authorization=f"Bearer {token}")
            await socket.subscribe("a", LIVE, in_room(sandbox))
            await heard_of(gateway, 1)

        told = await socket.closing()

    assert told[0] == 1012
    assert told[1].startswith("GATEWAY_STOPPING")


async def test_who_is_silent_is_pinged_and_then_let_go(open_gateway: OpenGateway) -> None:
    """A client whose machine went away takes no place for long."""
    async with open_gateway(live=QUIET | {"heartbeat_s": 0.05}) as gateway, listening(gateway) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"GET /graphql HTTP/1.1\r\nHost: gateway\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
        )
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
        told = await asyncio.wait_for(reader.readexactly(2), 20)
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await asyncio.wait_for(reader.readexactly(1 << 16), 20)
        writer.close()

    assert b"101 Switching Protocols" in head
    assert b"Sec-WebSocket-Protocol: graphql-transport-ws" in head
    assert told == b"\x89\x00"


async def test_who_reads_nothing_is_closed(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """4413 once nothing was read for a while; until then nothing more is written than fits."""
    settings = QUIET | {"queue": 20, "stalled_s": 0.2, "heartbeat_s": 5}
    async with open_gateway(live=settings) as gateway, listening(gateway) as port:
        token = await (await desk_at(sandbox, gateway)).token("citizen-0001")
        async with socket_to(port) as socket:
            await socket.ready(authorization=f"Bearer {token}")
            await socket.subscribe("a", LIVE, in_room(sandbox))
            await heard_of(gateway, 1)
            socket.connection.transport.pause_reading()

            await flooded(gateway)
            closed = transports_of(gateway).service.closed
            async with asyncio.timeout(20):
                while not closed[4413]:  # noqa: ASYNC110 - told in no other way
                    await asyncio.sleep(0.01)
            socket.connection.transport.abort()

    assert closed == {4413: 1}


async def test_a_slow_reader_is_told(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Too much waited: its operation ends with an error in the registry's words, and the connection goes on."""
    async with open_gateway(live=QUIET | {"queue": 20}) as gateway, listening(gateway) as port:
        token = await (await desk_at(sandbox, gateway)).token("citizen-0001")
        async with socket_to(port, additional_headers={"Accept-Language": "zh"}) as socket:
            await socket.ready(authorization=f"Bearer {token}")
            await socket.subscribe("a", LIVE, in_room(sandbox))
            await heard_of(gateway, 1)
            socket.connection.transport.pause_reading()
            await flooded(gateway)
            socket.connection.transport.resume_reading()
            told = await socket.hear()
            while told["type"] == "next":
                told = await socket.hear()
            await socket.subscribe("a", HELLO)
            then = await socket.hear()

    assert (told["type"], told["payload"][0]["extensions"]["code"]) == ("error", "SLOW_READER")
    assert "读取速度" in told["payload"][0]["message"]
    assert then["type"] == "next"
