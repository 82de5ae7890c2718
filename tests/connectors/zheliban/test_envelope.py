"""The platform's answers and refusals in our terms."""

import json
from typing import Any

import msgspec
import pytest

from connectors.errors import (
    BadCursorError,
    NotAllowedError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.transport import Answer
from connectors.zheliban.envelope import Data, data_from


class Row(msgspec.Struct):
    """A row of something."""

    id: str
    n: int


def answer(status: int, body: Any) -> Answer:
    """An answer with that body, JSON unless it is bytes."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("zheliban", "some", status, {}, raw)


def data(value: Any) -> Data:
    """What a successful envelope held."""
    return data_from(answer(200, {"success": True, "errorCode": None, "errorMsg": None, "data": value}))


REFUSED = {"success": False, "errorMsg": "secret words", "data": None}


@pytest.mark.parametrize(
    ("status", "body", "error", "code"),
    [
        (401, {"message": "Invalid signature"}, RefusedSignatureError, None),
        (401, {"message": "Invalid access key"}, RefusedSignatureError, None),
        (401, {"message": "Clock skew exceeded"}, RefusedSignatureError, None),
        (401, {"message": "some host 10.0.0.1 says no"}, RefusedSignatureError, None),
        (401, {"message": "The route_id is forbidden."}, NotAllowedError, None),
        (401, b"<html>", UnexpectedAnswerError, None),
        (429, b"", SlowDownError, None),
        (404, {}, UnexpectedAnswerError, None),
        (302, b"", UnexpectedAnswerError, None),
        (200, REFUSED | {"errorCode": "C-USER-SSO-TICKET-INVALID"}, SignInNeededError, "C-USER-SSO-TICKET-INVALID"),
        (200, REFUSED | {"errorCode": "C-USER-SSO-TOKEN-INVALID"}, SignInNeededError, "C-USER-SSO-TOKEN-INVALID"),
        (200, REFUSED | {"errorCode": "C-USER-SSO-USER-EMPTY"}, RejectedInputError, "C-USER-SSO-USER-EMPTY"),
        (200, REFUSED | {"errorCode": "no code but 委员's name"}, RejectedInputError, None),
        (200, REFUSED | {"errorCode": "STUDIO-CURSOR-INVALID"}, BadCursorError, "STUDIO-CURSOR-INVALID"),
        (200, REFUSED | {"errorCode": "SYSTEM-ERROR"}, UnexpectedAnswerError, "SYSTEM-ERROR"),
        (200, REFUSED | {"errorCode": "STUDIO-SYSTEM-ERROR"}, UnexpectedAnswerError, "STUDIO-SYSTEM-ERROR"),
        (200, REFUSED, RejectedInputError, None),
        (200, {"data": 1}, UnexpectedAnswerError, None),
        (200, [], UnexpectedAnswerError, None),
        (200, b"\x00\xff<<not what you asked for", UnexpectedAnswerError, None),
        (200, b'{"success":true,"data":{"cut', UnexpectedAnswerError, None),
    ],
)
def test_every_refusal_has_its_error(status: int, body: Any, error: type[PlatformError], code: str | None) -> None:
    """Each refusal becomes one error of the tree, which repeats no words that it does not know."""
    with pytest.raises(error) as caught:
        data_from(answer(status, body))

    assert caught.value.upstream_code == code
    assert not any(words in str(caught.value) for words in ("secret", "10.0.0.1", "委员"))
