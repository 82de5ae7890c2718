"""The table of codes (wire-formats A3), row by row, and what stands in no table."""

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
    UnexpectedAnswerError,
)
from connectors.transport import Answer
from connectors.zhezhengding.envelope import held_in
from connectors.zhezhengding.refusing import AlreadySentError, AppTokenEndedError

ANYTHING = msgspec.json.Decoder(Any)


def unwrapped(answer: Answer, shape: msgspec.json.Decoder[Any]) -> Any:
    """What an answer holds, in that shape."""
    return held_in(answer).decoded(shape)


def error_of(body: object, status: int = 200) -> PlatformError:
    """What a failed answer becomes."""
    answer = Answer("zhezhengding", "operation", status, {}, json.dumps(body).encode())
    with pytest.raises(PlatformError) as caught:
        unwrapped(answer, ANYTHING)
    return caught.value


def e1(code: object, message: str = "no") -> dict[str, Any]:
    """E1 of a call that reached the business and failed there."""
    inner = {"success": False, "responseMessage": message, "responseCode": code, "bizErrorCode": code}
    return {"success": True, "content": inner, "bizErrorCode": code}


def e3(code: object, message: str = "no", **more: object) -> dict[str, Any]:
    """E3: what the platform's own gateway refuses."""
    return {"success": False, "Code": code, "Message": message, "HostId": "h", "_RequestId": "r", "debug": "", **more}


@pytest.mark.parametrize("status", [200, 403])
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("240111", SignInNeededError),
        (240111, SignInNeededError),
        ("240133", AppTokenEndedError),
        ("240132", NotAllowedError),
        ("250027", AppTokenEndedError),
        ("300037", NotAllowedError),
        ("MFH-B003-02-16-0037", NotAllowedError),
        ("MFH-B003-02-16-0004", RejectedInputError),
        ("OPF-B001-05-16-0009", RefusedSignatureError),
        (None, RejectedInputError),
        (True, RejectedInputError),
    ],
)
def test_published_codes_of_business_failures(code: object, kind: type[PlatformError], status: int) -> None:
    """A3: each row of the table, as a string or a number, with either HTTP status; any other code refuses the input."""
    assert type(error_of(e1(code), status)) is kind


@pytest.mark.parametrize(
    "body",
    [
        e3("OPF-B001-05-16-0009"),
        e3("OPF-B001-05-16-0001"),
        e3("SignatureDoesNotMatch"),
        e3("X", "The specified SignatureNonce was used"),
        e3("InvalidTimeStamp.Expired"),
        e3("12", "invalid apiKey"),
        e3("SomethingElse", bizErrorCode="OPF-B001-05-16-0009"),
    ],
)
def test_what_the_gateway_says_of_our_proof_is_ours_to_mend(body: dict[str, Any]) -> None:
    """A3: ``SignatureDoesNotMatch`` and its family, or words of key, nonce, time or signature under other codes."""
    assert type(error_of(body)) is RefusedSignatureError


@pytest.mark.parametrize(
    "body",
    [e3("SystemBusy"), e3("OPF-B001-99-99-0001", "ServiceUnavailable"), e3(None), {"success": False}, e3({"a": 1})],
)
def test_other_failures_of_the_gateway_speak_of_its_health(body: dict[str, Any]) -> None:
    """E3 that is not about our proof: the platform failed, asking later may help."""
    error = error_of(body)

    assert type(error) is UnexpectedAnswerError
    assert (error.retryable, error.illness) == (True, True)


def test_direct_failures_refuse_the_input() -> None:
    """E2 with ``success`` false and an ``errorCode`` comes from the business, not from the gateway."""
    error = error_of({"success": False, "content": None, "errorCode": "12", "errorMsg": "no"})

    assert (type(error), error.upstream_code) == (RejectedInputError, "12")


@pytest.mark.parametrize(
    "body",
    [
        e1("MFH-9", "bizMsgId重复"),
        {"success": False, "content": None, "errorCode": "9", "errorMsg": "消息重复"},
    ],
)
def test_a_repetition_is_told_by_its_words(body: dict[str, Any]) -> None:
    """A3: the code of a repeated ``bizMsgId`` is not published, its text says 重复."""
    assert type(error_of(body)) is AlreadySentError


def test_the_platforms_words_go_no_further() -> None:
    """The code is kept for the log; messages may name people or organisations."""
    error = error_of(e1("300037", "no right to operate GO_secret"))

    assert error.upstream_code == "300037"
    assert "GO_secret" not in f"{error} {error.detail}"


def test_what_is_not_built_like_a_code_is_not_passed_on() -> None:
    """A platform that puts words where its code belongs does not get them into our log."""
    error = error_of(e1("陈大友 13700000000 不存在"))

    assert error.upstream_code is None
    assert "13700000000" not in f"{error} {error.detail}"
