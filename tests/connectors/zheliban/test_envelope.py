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


def test_rows_are_read_by_their_name() -> None:
    """Rows come by key, in whatever order they were sent."""
    found = data([{"id": "b", "n": 2, "new": []}, {"id": "a", "n": 1}]).keyed(Row, "id", ["a", "b", "c"])

    assert found == {"b": Row("b", 2), "a": Row("a", 1)}


def test_a_broken_row_costs_its_own_place() -> None:
    """A wrongly typed field is an error for that key, and nothing for the others."""
    found = data([{"id": "a", "n": "1"}, {"id": "b", "n": 2}]).keyed(Row, "id", ["a", "b", "c"])

    assert isinstance(found["a"], UnexpectedAnswerError)
    assert found["b"] == Row("b", 2)
    assert "c" not in found


@pytest.mark.parametrize("row", [{"n": 1}, {"id": 7, "n": 1}, 5, None])
def test_a_row_without_name_leaves_no_key_unknown(row: Any) -> None:
    """When a row does not tell whose it is, a missing key may be its, so it is an error and not an absence."""
    found = data([row, {"id": "b", "n": 2}]).keyed(Row, "id", ["a", "b"])

    assert isinstance(found["a"], UnexpectedAnswerError)
    assert found["b"] == Row("b", 2)


@pytest.mark.parametrize("value", [None, {}, "text"])
def test_data_that_is_no_list_is_unexpected(value: Any) -> None:
    """Something else than rows is no answer."""
    with pytest.raises(UnexpectedAnswerError):
        data(value).keyed(Row, "id", ["a"])
