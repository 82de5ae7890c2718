"""A partner's back channel: a small server on loopback that may be down, slow or ill."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs


@dataclass
class Partner:
    """What came in: the head of each request and its logout token; ``answer`` is what it says, after ``waits`` seconds."""

    answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    waits: float = 0
    port: int = 0
    heads: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def uri(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/backchannel"

    @asynccontextmanager
    async def up(self) -> AsyncIterator["Partner"]:
        """Serve while the block runs, at the same port every time."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(line.split(":")[1] for line in head.lower().splitlines() if line.startswith("content-length"))
            body = (await reader.readexactly(int(length))).decode()
            self.heads.append(head)
            self.tokens += parse_qs(body).get("logout_token", [])
            self.came.set()
            await asyncio.sleep(self.waits)
            writer.write(self.answer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
