"""Uploads over a real socket: slow ones, endless ones, refused ones, and senders that hang up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from connectors.sandbox.server import serving
from gateway.http.upgrades import PlainProtocol
from tests.stack import Gateway, OpenGateway, Sandbox, desk_at
from tests.uploading import citizen

PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
MIB = 1024 * 1024
LOOKS = 500


@asynccontextmanager
async def sending(
    gateway: Gateway, token: str, length: int, more: str = ""
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection on which the head of an upload has been sent."""
    app: Any = gateway.client._transport
    async with serving([(app.app, 0)], http=PlainProtocol) as (port,):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = (
            "POST /uploads HTTP/1.1\r\nhost: gateway\r\ncontent-type: multipart/form-data; boundary=x\r\n"
            f"authorization: Bearer {token}\r\ncontent-length: {length}\r\n{more}\r\n"
        )
        writer.write(head.encode())
        try:
            yield reader, writer
        finally:
            writer.close()


async def answered(reader: asyncio.StreamReader) -> tuple[int, str, str]:
    """Status, head and body of everything up to the end of the connection."""
    text = (await asyncio.wait_for(reader.read(), 30)).decode()
    head, _, body = text.partition("\r\n\r\n")
    return int(head.split()[1]), head.lower(), body


def unnamed_files() -> int:
    """How many files without a name this process holds open."""
    count = 0
    for one in Path("/proc/self/fd").iterdir():
        try:
            count += "(deleted)" in str(one.readlink())
        except FileNotFoundError:  # the folder's own, closed since
            continue
    return count


async def until(holds: Callable[[], bool]) -> None:
    """Wait for something to be so."""
    for _ in range(LOOKS):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(holds)


async def test_who_may_not_is_told_though_they_go_on_sending(open_gateway: OpenGateway) -> None:
    """The answer comes before the upload is read, and is not lost with the connection, which ends."""
    async with open_gateway() as gateway, sending(gateway, "bad", MIB) as (reader, writer):
        writer.write(bytes(MIB))
        status, head, body = await answered(reader)

    assert (status, "INVALID_TOKEN" in body) == (401, True)
    assert "connection: close" in head


async def test_a_length_too_large_is_refused_before_it_is_sent(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Who waits to be told to go on, as curl does, is told not to."""
    async with open_gateway() as gateway:
        token = await citizen(await desk_at(sandbox, gateway))
        async with sending(gateway, token, 100 * MIB, "expect: 100-continue\r\n") as (reader, _):
            status, head, body = await answered(reader)

    assert (status, "BODY_TOO_LARGE" in body) == (413, True)
    assert "100 continue" not in head


async def test_a_slow_upload_is_given_up(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """What had come of it is gone."""
    before = unnamed_files()
    async with open_gateway(uploads={"read_timeout_ms": 200, "spool_bytes": 1024}) as gateway:
        token = await citizen(await desk_at(sandbox, gateway))
        async with sending(gateway, token, MIB) as (reader, writer):
            writer.write(PART + bytes(2048))
            status, _, body = await answered(reader)

    assert (status, "BODY_TOO_SLOW" in body) == (408, True)
    assert unnamed_files() == before


async def test_a_large_file_is_refused_as_soon_as_it_is_too_large(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Nobody waits for the rest, which would never come."""
    async with open_gateway(uploads={"max_file_bytes": 2048}) as gateway:
        token = await citizen(await desk_at(sandbox, gateway))
        async with sending(gateway, token, len(PART) + 2 * MIB) as (reader, writer):
            writer.write(PART + bytes(MIB))
            status, _, body = await answered(reader)

    assert (status, "FILE_TOO_LARGE" in body) == (413, True)


async def test_who_hangs_up_leaves_nothing(open_gateway: OpenGateway, sandbox: Sandbox) -> None:
    """Neither a file on disk nor a slot taken."""
    before = unnamed_files()
    async with open_gateway(uploads={"at_once_of_one": 1, "spool_bytes": 1024}) as gateway:
        desk = await desk_at(sandbox, gateway)
        token = await citizen(desk)
        async with sending(gateway, token, MIB) as (_, writer):
            writer.write(PART + bytes(4096))
            await until(lambda: unnamed_files() > before)
            writer.close()
            await until(lambda: unnamed_files() == before)

        other = await gateway.client.post(
            "/uploads",
            content=PART + b"\r\n--x--\r\n",
            headers={"Authorization": f"Bearer {token}", "Content-Type": "multipart/form-data; boundary=x"},
        )

    assert other.json()["errors"][0]["extensions"]["code"] == "EMPTY_FILE"
