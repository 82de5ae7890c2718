import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from starlette.responses import PlainTextResponse

from connectors.tracing import CURRENT, Kind, Span, Trace
from gateway.lines import Lines, write_to
from gateway.logs import configure


@pytest.fixture
def stream() -> Iterator[io.BytesIO]:
    """Where the logs go."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.BytesIO()
    configure("info", stream)
    yield stream
    root.handlers[:], root.level = before
    structlog.reset_defaults()
    write_to(Lines(access=False))


def lines(stream: io.BytesIO) -> list[dict[str, Any]]:
    """The records."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_record_is_one_json_line(stream: io.BytesIO) -> None:
    """Event, level, time and facts, also when they hold line breaks; below the level nothing."""
    structlog.get_logger().info("started", port=8000, text="a\nb")
    structlog.get_logger().debug("not this")

    (line,) = lines(stream)
    assert (line["event"], line["level"], line["port"], line["text"]) == ("started", "info", 8000, "a\nb")


def test_an_exception_is_told_without_its_message(stream: io.BytesIO) -> None:
    """Type and place help to mend it; its message may quote a person, a token or a host."""
    try:
        try:
            int("13800000000x")
        except ValueError as error:
            raise LookupError("token eyJ of 王小明 at 10.0.0.1") from error
    except LookupError:
        structlog.get_logger().exception("broke")

    (line,) = lines(stream)
    assert line["fault"]["type"] == "LookupError"
    assert line["fault"]["cause"] == "ValueError"
    assert "test_an_exception_is_told_without_its_message" in line["fault"]["at"][-1]
    assert all(word not in stream.getvalue().decode() for word in ("13800000000", "eyJ", "王小明", "10.0.0.1"))


def test_an_unknown_value_is_told_by_its_type(stream: io.BytesIO) -> None:
    """A log call never fails for its values, nor tells an object's text."""
    structlog.get_logger().info("odd", thing=object())

    assert lines(stream)[0]["thing"] == "<object>"


def test_libraries_warn_in_the_same_form(stream: io.BytesIO) -> None:
    """A library's warning is a line too, without the values it fills in; its chatter is not."""
    logging.getLogger("some.library").warning("cannot reach %s\nfor %s", "db.internal", "王小明")
    logging.getLogger("some.library").info("chatter")
    logging.getLogger("uvicorn.error").info("running on http://127.0.0.1:8000")

    (line,) = lines(stream)
    assert (line["event"], line["logger"], line["level"]) == ("cannot reach %s", "some.library", "warning")


async def test_no_upstream_address_is_logged(stream: io.BytesIO) -> None:
    """The client library tells the address of each call; here it does not."""
    logging.getLogger("httpx").error("even so: http://platform.internal/")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(PlainTextResponse("ok"))) as client:
        await client.get("http://platform.internal/x?ticket=1")

    assert stream.getvalue() == b""


def test_a_line_says_during_which_request_it_was(stream: io.BytesIO) -> None:
    """The trace's id, and the span's where it is recorded; a line that names another trace keeps that."""
    span = Span(Trace("1" * 32, lambda _: None), "read", Kind.INTERNAL, None)
    before = CURRENT.set(span)
    structlog.get_logger().warning("recorded")
    structlog.get_logger().warning("of another", trace_id="2" * 32)
    CURRENT.set(Trace("3" * 32))
    structlog.get_logger().warning("not recorded")
    CURRENT.reset(before)
    structlog.get_logger().warning("outside")

    told = [(line.get("trace_id"), line.get("span_id")) for line in lines(stream)]
    assert told == [("1" * 32, f"{span.span_id:016x}"), ("2" * 32, None), ("3" * 32, None), (None, None)]


def test_lines_that_are_alike_are_left_out(stream: io.BytesIO) -> None:
    """One platform that is down fails a thousand requests a second, and is told ten times."""
    for number in range(1000):
        structlog.get_logger().warning("platform failed", platform="invented-here", trace_id=str(number))

    assert len(lines(stream)) == 10
