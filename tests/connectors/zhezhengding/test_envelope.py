"""Answers in every envelope of wire-formats A3."""

import json
from typing import Any

import msgspec
import pytest

from connectors.errors import SlowDownError, UnexpectedAnswerError
from connectors.transport import Answer
from connectors.zhezhengding.directory.payloads import EmployeePayload
from connectors.zhezhengding.envelope import held_in
from connectors.zhezhengding.payloads import AppTokenPayload

TOKEN = msgspec.json.Decoder(AppTokenPayload, strict=False)
EMPLOYEES = msgspec.json.Decoder(list[EmployeePayload] | None, strict=False)
ANYTHING = msgspec.json.Decoder(Any)


def unwrapped(answer: Answer, shape: msgspec.json.Decoder[Any]) -> Any:
    """What an answer holds, in that shape."""
    return held_in(answer).decoded(shape)


def answer(body: object, status: int = 200) -> Answer:
    """An answer as it comes in; text is sent as it is."""
    raw = body if isinstance(body, str) else json.dumps(body)
    return Answer("zhezhengding", "operation", status, {}, raw.encode())


def e1(data: object) -> dict[str, Any]:
    """E1 with more keys than anybody reads."""
    inner = {"success": True, "data": data, "requestId": "r", "responseMessage": "成功", "responseCode": "0", "new": {}}
    return {"success": True, "content": inner, "bizErrorCode": "0", "other": 1}


@pytest.mark.parametrize("seconds", [7200, "7200"])
def test_lifetime_is_a_number_or_a_string(seconds: object) -> None:
    """``expiresIn`` is read either way."""
    token = unwrapped(answer(e1({"expiresIn": seconds, "accessToken": "app_x"})), TOKEN)

    assert (token.accessToken, token.expiresIn) == ("app_x", 7200)
    assert "app_x" not in repr(token)


def test_data_may_be_json_in_a_string() -> None:
    """``data`` that is a JSON string is decoded once more."""
    rows = [{"employeeCode": "GE_1", "employeeName": "测试甲", "unknown": [1, {"x": None}]}]

    found = unwrapped(answer(e1(json.dumps(rows, ensure_ascii=False))), EMPLOYEES)

    assert found == [EmployeePayload(employeeCode="GE_1", employeeName="测试甲")]


@pytest.mark.parametrize("content", [{"userVisibleScopes": ["GE_1"]}, [1, 2], 5, None])
def test_direct_content_is_taken_as_it_is(content: object) -> None:
    """E2 wraps once."""
    body = {"success": True, "content": content, "errorCode": "0", "errorMsg": "success", "errorLevel": None}

    assert unwrapped(answer(body), ANYTHING) == content


@pytest.mark.parametrize("content", [{"msgId": "m-0001"}, '{"msgId":"m-0001"}'])
def test_direct_content_may_be_json_in_a_string(content: object) -> None:
    """E2, A3: the SDK types ``content`` as text too, so that JSON in it is read once more."""
    assert unwrapped(answer({"success": True, "content": content}), ANYTHING) == {"msgId": "m-0001"}


def test_a_string_may_be_meant_as_one() -> None:
    """E2: the id of a message is a string that is no JSON."""
    text = msgspec.json.Decoder(str)

    assert unwrapped(answer({"success": True, "content": "m-0001", "errorCode": "0"}), text) == "m-0001"


def test_data_may_stand_outside() -> None:
    """E4: a fourth form of the SDK has ``data`` beside ``success``."""
    assert unwrapped(answer({"success": True, "data": [1], "code": "0", "message": "OK"}), ANYTHING) == [1]


@pytest.mark.parametrize(("told", "held"), [({"totalSize": 7}, 7), ({"totalSize": "7"}, "7"), ({}, None)])
def test_a_page_may_tell_how_many_there_are(told: dict[str, object], held: object) -> None:
    """A3: ``totalSize`` stands inside ``content`` when it was asked for."""
    body = e1([])
    body["content"] |= {"currentPage": 1, "pageSize": 20} | told

    assert held_in(answer(body)).total == held


@pytest.mark.parametrize("inner", [{"success": True}, {"success": True, "data": None, "responseCode": "0"}])
def test_success_without_data_is_nothing_found(inner: dict[str, object]) -> None:
    """A successful E1 may leave ``data`` out."""
    assert unwrapped(answer({"success": True, "content": inner}), EMPLOYEES) is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<html>", 200),
        ("<html>", 404),
        ("", 200),
        ("[]", 200),
        ("{}", 200),
        ('{"success":true,"content":{"succ', 200),
        ('{"success":"perhaps"}', 200),
        ("[" * 100_000, 200),
        ('{"success":true,"content":' + "[" * 100_000, 200),
        (e1("not json"), 200),
        (e1({"employeeCode": "GE_1"}), 200),
        (e1([{"employeeName": "without code"}]), 200),
        (e1([]), 302),
        (e1([]), 203),
    ],
)
def test_what_is_no_envelope_is_unexpected(body: object, status: int) -> None:
    """A3: HTML, cut JSON, another shape, HTTP 203 or from 300 on: an answer in no form we know."""
    with pytest.raises(UnexpectedAnswerError):
        unwrapped(answer(body, status), EMPLOYEES)


def test_too_many_requests() -> None:
    """HTTP 429 says to slow down, whatever the body."""
    with pytest.raises(SlowDownError):
        unwrapped(answer("<html>", 429), ANYTHING)
