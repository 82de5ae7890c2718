"""Has keywords told by a process of its own: the library's dictionary would take a fifth of the gateway's memory.

Telling words apart also takes its time, which here is not the gateway's.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

Tell = Callable[[Sequence[str]], Awaitable[list[frozenset[str]]]]
"""Texts to the keywords of each."""
Words = Callable[[], AbstractAsyncContextManager[Tell]]
"""What tells keywords for as long as a block runs."""

_WORKER = "gateway.cockpit.keyword_worker"
_PATIENCE_SECONDS = 30.0
_LONGEST_LINE = 2**20
"""A hundred texts of forty words of twenty characters, escaped, take half of it."""


@asynccontextmanager
async def told_apart() -> AsyncIterator[Tell]:
    """Tell keywords while the block runs: the process is started with the first text and ended with the block."""
    worker = KeywordProcess()
    try:
        yield worker.tell
    finally:
        await worker.end()


class KeywordProcess:
    """A process that tells keywords, or will once it is asked; whoever asks waits for one answer before the next."""

    def __init__(self) -> None:
        self._process: Process | None = None

    async def tell(self, texts: Sequence[str]) -> list[frozenset[str]]:
        """The keywords of each text, from another process where one died.

        Raises ``OSError``, ``EOFError`` or ``TimeoutError`` where that one fails too.
        """
        if not texts:
            return []
        try:
            return await self._told(texts)
        except (OSError, EOFError, TimeoutError):
            await self.end()
            return await self._told(texts)

    async def end(self) -> None:
        """End the process, if there is one; the next text starts another."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()  # it has nothing to put in order
            if process.stdin is not None:
                process.stdin.close()
            await process.communicate()

    async def _told(self, texts: Sequence[str]) -> list[frozenset[str]]:
        if self._process is None:
            self._process = await _started()
        to, answers = self._process.stdin, self._process.stdout
        if to is None or answers is None:
            raise EOFError("it was started without pipes")
        async with asyncio.timeout(_PATIENCE_SECONDS):
            to.write(json.dumps(texts).encode() + b"\n")
            await to.drain()
            answer = await answers.readuntil()
        return [frozenset(words) for words in json.loads(answer)]


async def _started() -> Process:
    """Start it.

    Apart from our terminal, whose Ctrl-C is meant for the gateway; deaf to its traces, which could quote a question.
    """
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        _WORKER,
        stdin=PIPE,
        stdout=PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
        start_new_session=True,
    )
