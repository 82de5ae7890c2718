"""Bodies of requests, as any part of sign-on reads them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from starlette.requests import Request

from auth import bodies
from auth.bodies import FORM, BodyError, OtherKindError, TooLargeError, TooLateError, read_body

_KIB_64 = 64 * 1024


def _sent(chunks: Sequence[bytes], kind: str = FORM, *, left: bool = False, never: bool = False) -> Request:
    """A request that sends these; then it ends, or its sender leaves, or nothing more comes."""

    async def messages() -> AsyncIterator[dict[str, Any]]:
        for chunk in chunks:
            yield {"type": "http.request", "body": chunk, "more_body": True}
        if never:
            await asyncio.Event().wait()
        yield {"type": "http.disconnect"} if left else {"type": "http.request", "body": b"", "more_body": False}

    headers = [(b"content-type", kind.encode())] if kind else []
    return Request({"type": "http", "method": "POST", "headers": headers}, messages().__anext__)


async def test_a_body_comes_whole() -> None:
    """In as many pieces as it likes, up to 64 KiB."""
    body = await read_body(_sent([b"a=1", b"&b=2"]))
    largest = await read_body(_sent([b"x" * _KIB_64]))

    assert body == b"a=1&b=2"
    assert len(largest) == _KIB_64


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", FORM + "x"])
async def test_another_kind_is_not_read(kind: str) -> None:
    """What is told to be something else, or nothing."""
    with pytest.raises(OtherKindError):
        await read_body(_sent([b"a=1"], kind))


async def test_the_kind_is_the_callers() -> None:
    """A client's registration comes as JSON; an encoding beside it and capital letters do no harm."""
    assert await read_body(_sent([b"{}"], "Application/JSON; charset=UTF-8"), "application/json") == b"{}"


async def test_one_byte_too_many_is_refused() -> None:
    """However the bytes come."""
    for chunks in ([b"x" * (_KIB_64 + 1)], [b"x" * _KIB_64, b"x"]):
        with pytest.raises(TooLargeError):
            await read_body(_sent(chunks))


async def test_a_body_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether its sender left or only fell silent."""
    monkeypatch.setattr(bodies, "_READ_SECONDS", 0.05)

    for request in (_sent([b"a="], left=True), _sent([b"a="], never=True)):
        with pytest.raises(TooLateError):
            await read_body(request)


def test_all_that_goes_wrong_is_one_family() -> None:
    """A page tells no difference between them."""
    assert {OtherKindError, TooLargeError, TooLateError} == set(BodyError.__subclasses__())
