"""Parts of files, and files that are known already."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.http.ranges import served

CONTENT = bytes(range(100))
PLAIN = {"Cache-Control": "private, no-store"}


async def _recording(request: Request) -> Response:
    return served(request, CONTENT, "audio/mpeg", PLAIN)


async def _nothing(request: Request) -> Response:
    return served(request, b"", "audio/mpeg", PLAIN)


APP = Starlette(routes=[Route("/recording", _recording), Route("/nothing", _nothing)])


async def asked(path: str = "/recording", method: str = "GET", **headers: str) -> httpx.Response:
    """What is answered; headers are named with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(APP), base_url="http://files") as client:
        return await client.request(method, path, headers=named)


async def test_a_whole_file_says_that_parts_are_to_be_had() -> None:
    """And which version it is, by its content."""
    answer, again = await asked(), await asked()

    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["etag"] == again.headers["etag"]
    assert answer.headers["etag"].startswith('"')


@pytest.mark.parametrize(
    ("asks", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=10-19", 10, 19),
        ("bytes=90-", 90, 99),
        ("bytes=0-", 0, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-1000", 0, 99),
        ("bytes=95-1000", 95, 99),
        ("bytes=99-99", 99, 99),
        ("Bytes = 5-6 ", 5, 6),
    ],
)
async def test_a_part_is_answered(asks: str, first: int, last: int) -> None:
    """From there to there, from there on, or so many at the end (RFC 9110 section 14.1.2)."""
    answer = await asked(Range=asks)

    assert (answer.status_code, answer.content) == (206, CONTENT[first : last + 1])
    assert answer.headers["content-range"] == f"bytes {first}-{last}/100"
    assert answer.headers["content-length"] == str(last + 1 - first)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("asks", ["bytes=100-", "bytes=100-200", "bytes=-0"])
async def test_a_part_that_is_not_there_is_refused(asks: str) -> None:
    """With how long the file is."""
    answer = await asked(Range=asks)

    assert (answer.status_code, answer.content) == (416, b"")
    assert answer.headers["content-range"] == "bytes */100"


@pytest.mark.parametrize(
    "asks",
    [
        "bytes=5-4",
        "bytes=-",
        "bytes=a-b",
        "lines=0-1",
        "bytes=0-1,5-6",
        "bytes",
        "",
        "bytes=" + "9" * 99 + "-",
    ],
)
async def test_what_is_no_range_is_answered_whole(asks: str) -> None:
    """So are several ranges at once (section 14.2)."""
    answer = await asked(Range=asks)

    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert "content-range" not in answer.headers


async def test_a_part_of_another_version_is_answered_whole() -> None:
    """``If-Range`` by a strong tag; a weak one and a date count as another (section 13.1.5)."""
    tag = (await asked()).headers["etag"]

    same = await asked(Range="bytes=0-1", If_Range=tag)
    others = [
        await asked(Range="bytes=0-1", If_Range=one)
        for one in ('"another"', f"W/{tag}", "Sun, 22 Nov 2026 10:00:00 GMT")
    ]

    assert same.status_code == 206
    assert [answer.status_code for answer in others] == [200, 200, 200]


async def test_what_the_caller_has_is_not_sent_again() -> None:
    """Whatever part is asked for."""
    tag = (await asked()).headers["etag"]

    known = [await asked(If_None_Match=one, Range="bytes=0-1") for one in (tag, f"W/{tag}", f'"a", {tag}', "*")]

    assert [(answer.status_code, answer.content) for answer in known] == [(304, b"")] * 4
    assert {answer.headers["etag"] for answer in known} == {tag}
    assert (await asked(If_None_Match='"another"')).status_code == 200


async def test_head_tells_without_sending() -> None:
    """The length of the whole, also where a part is asked for: a range means nothing then (section 14.2)."""
    answer = await asked(method="HEAD", Range="bytes=0-1")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == "100"
    assert answer.headers["accept-ranges"] == "bytes"


async def test_nothing_has_no_parts() -> None:
    """Not even its first byte."""
    assert (await asked("/nothing")).status_code == 200
    assert (await asked("/nothing", Range="bytes=0-")).status_code == 416
    assert (await asked("/nothing", Range="bytes=-5")).status_code == 416
