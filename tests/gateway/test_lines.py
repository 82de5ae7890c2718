"""Where log lines go."""

import asyncio
import io

import structlog

from gateway.lines import SECONDS, Lines, current, write_to
from gateway.logs import configure


async def test_gathered_lines_are_written_together_soon() -> None:
    """They wait for each other, and for nothing else."""
    stream = io.BytesIO()
    lines = Lines(stream)

    lines.gather(b"one\n")
    lines.gather(b"two\n")
    at_once = stream.getvalue()
    await asyncio.sleep(3 * SECONDS)

    assert at_once == b""
    assert stream.getvalue() == b"one\ntwo\n"


async def test_a_line_that_does_not_wait_takes_those_before_it_along() -> None:
    """The log's order is the order of things, also in front of an error."""
    stream = io.BytesIO()
    configure("info", stream)
    current().gather(b'{"event":"request"}\n')

    structlog.get_logger().error("broke")

    structlog.reset_defaults()
    write_to(Lines(access=False))
    first, second = stream.getvalue().splitlines()
    assert first == b'{"event":"request"}'
    assert b'"event":"broke"' in second


async def test_what_waits_is_bounded() -> None:
    """Under load nothing piles up."""
    stream = io.BytesIO()
    lines = Lines(stream)

    for _ in range(100):
        lines.gather(b"x" * 1000)

    assert len(stream.getvalue()) > 60_000


def test_lines_of_another_loop_are_not_forgotten() -> None:
    """A loop that ended with lines waiting leaves them to whoever comes next."""
    stream = io.BytesIO()
    lines = Lines(stream)

    async def gather(line: bytes, seconds: float) -> None:
        lines.gather(line)
        await asyncio.sleep(seconds)

    asyncio.run(gather(b"one\n", 0))
    asyncio.run(gather(b"two\n", 0.2))

    assert stream.getvalue() == b"one\ntwo\n"


async def test_another_stream_takes_over_when_all_is_written() -> None:
    """Where lines go may change; what waits goes where it was meant to."""
    first, second = io.BytesIO(), io.BytesIO()
    write_to(Lines(first))
    current().gather(b"one\n")

    write_to(Lines(second))
    current().gather(b"two\n")
    current().flush()

    assert (first.getvalue(), second.getvalue()) == (b"one\n", b"two\n")
    write_to(Lines(access=False))
