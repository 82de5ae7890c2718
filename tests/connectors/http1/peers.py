"""Servers that say to the byte what a test wants said."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Talk = Callable[["Peer", asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Peer:
    """A server on loopback; knows what it was asked and how many connections it has seen."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._talks: set[asyncio.Task[None] | None] = set()
        self.opened = 0
        self.ended = 0
        self.asked: list[bytes] = []
        self.port = 0
        self.scheme = "http"
        self.host = "127.0.0.1"

    @property
    def address(self) -> str:
        """Where it is."""
        return f"{self.scheme}://{self.host}:{self.port}/"

    async def until(self, claim: Callable[[], bool]) -> None:
        """Wait for something to become true; for as long as the test runner lets us."""
        while not claim():  # noqa: ASYNC110 - claims are about others' states, which set no event
            await asyncio.sleep(0.005)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.opened += 1
        self._talks.add(asyncio.current_task())
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await self._talk(self, reader, writer)
        self.ended += 1
        writer.close()

    async def end(self) -> None:
        """End every connection."""
        for talk in self._talks:
            if talk is not None:
                talk.cancel()
        await asyncio.sleep(0)

    async def request(self, reader: asyncio.StreamReader) -> bytes:
        """Read one request with its body, and note it."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = next((line[15:] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b"0")
        asked = head + await reader.readexactly(int(length))
        self.asked.append(asked)
        return asked


@asynccontextmanager
async def serving(talk: Talk, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> AsyncIterator[Peer]:
    """Such a server while the block runs."""
    peer = Peer(talk)
    server = await asyncio.start_server(peer.handle, host, 0, ssl=tls)
    peer.port = server.sockets[0].getsockname()[1]
    peer.host = f"[{host}]" if ":" in host else host
    peer.scheme = "http" if tls is None else "https"
    try:
        yield peer
    finally:
        server.close()
        await peer.end()


async def answering(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request with ``OK`` for as long as the caller stays."""
    while True:
        await peer.request(reader)
        writer.write(OK)


def saying(*words: bytes) -> Talk:
    """Answer the first request with the first words, the next with the next, then hang up."""

    async def talk(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for each in words:
            await peer.request(reader)
            writer.write(each)
            await writer.drain()

    return talk


def staying(*words: bytes) -> Talk:
    """Answer so, and leave the connection open."""

    async def talk(peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await saying(*words)(peer, reader, writer)
        await reader.read()

    return talk
