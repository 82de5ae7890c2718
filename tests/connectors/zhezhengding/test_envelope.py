"""Answers in every envelope of wire-formats A3."""

import json
from typing import Any

import msgspec
import pytest

from connectors.errors import (
    NotAllowedError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.transport import Answer
from connectors.zhezhengding.envelope import AppTokenEndedError, unwrapped
from connectors.zhezhengding.payloads import AppTokenPayload, EmployeePayload

TOKEN = msgspec.json.Decoder(AppTokenPayload, strict=False)
EMPLOYEES = msgspec.json.Decoder(list[EmployeePayload] | None, strict=False)
ANYTHING = msgspec.json.Decoder(Any)


def answer(body: object, status: int = 200) -> Answer:
    """An answer as it comes in; text is sent as it is."""
    raw = body if isinstance(body, str) else json.dumps(body)
    return Answer("zhezhengding", "operation", status, {}, raw.encode())


def e1(data: object) -> dict[str, Any]:
    """E1 with more keys than anybody reads."""
    inner = {"success": True, "data": data, "requestId": "r", "responseMessage": "成功", "responseCode": "0", "new": {}}
    return {"success": True, "content": inner, "bizErrorCode": "0", "other": 1}


def e1_failure(code: object) -> dict[str, Any]:
    """E1 of a call that reached the business and failed there."""
    inner = {"success": False, "responseMessage": "no", "responseCode": code, "bizErrorCode": code}
    return {"success": True, "content": inner, "bizErrorCode": code}


def e3(code: object, **more: object) -> dict[str, Any]:
    """What the platform's own gateway refuses."""
    return {"success": False, "Code": code, "Message": "no", "HostId": "h", "_RequestId": "r", "debug": "", **more}


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


@pytest.mark.parametrize("inner", [{"success": True}, {"success": True, "data": None, "responseCode": "0"}])
def test_success_without_data_is_nothing_found(inner: dict[str, object]) -> None:
    """A successful E1 may leave ``data`` out."""
    assert unwrapped(answer({"success": True, "content": inner}), EMPLOYEES) is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (e3("OPF-B001-05-16-0009"), RefusedSignatureError),
        (e3("OPF-B001-05-16-0001"), RefusedSignatureError),
        (e3("SignatureDoesNotMatch", bizErrorCode="OPF-B001-05-16-0009"), RefusedSignatureError),
        (e3("SystemBusy"), RejectedInputError),
        (e1_failure("240111"), SignInNeededError),
        (e1_failure(240111), SignInNeededError),
        (e1_failure("240133"), AppTokenEndedError),
        (e1_failure("250027"), AppTokenEndedError),
        (e1_failure("240132"), NotAllowedError),
        (e1_failure("300037"), NotAllowedError),
        (e1_failure("MFH-B003-02-16-0037"), NotAllowedError),
        (e1_failure("MFH-B003-02-16-0004"), RejectedInputError),
        ({"success": True, "content": {"success": False}}, RejectedInputError),
        ({"success": False, "errorCode": "12", "content": None}, RejectedInputError),
    ],
)
@pytest.mark.parametrize("status", [200, 403])
def test_code_decides_the_error(body: dict[str, Any], kind: type[PlatformError], status: int) -> None:
    """Each published code has its place in the tree, whatever the HTTP status."""
    with pytest.raises(PlatformError) as caught:
        unwrapped(answer(body, status), ANYTHING)

    assert type(caught.value) is kind


def test_error_carries_the_code_and_no_words_of_the_platform() -> None:
    """The code is kept for the log; the platform's message may name people or organisations and is not."""
    body = e1_failure("300037")
    body["content"]["responseMessage"] = "no right to operate GO_secret"

    with pytest.raises(NotAllowedError) as caught:
        unwrapped(answer(body), ANYTHING)

    assert caught.value.upstream_code == "300037"
    assert "GO_secret" not in str(caught.value)


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
    ],
)
def test_what_is_no_envelope_is_unexpected(body: object, status: int) -> None:
    """HTML, cut JSON, another shape, a redirection: an answer in no form we know."""
    with pytest.raises(UnexpectedAnswerError):
        unwrapped(answer(body, status), EMPLOYEES)


def test_what_is_not_built_like_a_code_is_not_passed_on() -> None:
    """A platform that puts words where its code belongs does not get them into our log."""
    with pytest.raises(RejectedInputError) as caught:
        unwrapped(answer(e1_failure("陈大友 13700000000 不存在")), EMPLOYEES)

    assert caught.value.upstream_code is None
    assert "13700000000" not in f"{caught.value} {caught.value.detail}"


def test_too_many_requests() -> None:
    """HTTP 429 says to slow down, whatever the body."""
    with pytest.raises(SlowDownError):
        unwrapped(answer("<html>", 429), ANYTHING)
