"""The statuses of uploads that a platform did not take."""

import pytest

from connectors.errors import (
    CircuitOpenError,
    NotAllowedError,
    NotConfiguredError,
    OutcomeUnknownError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    SlowDownError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from gateway.errors.wording import Wording
from gateway.execution.operation import Language
from gateway.http.access import AccessEntry
from gateway.http.upload_reply import UploadReply

TITLES = {"zheliban": {Language.ZH: "浙里办", Language.EN: "Zheliban"}}
STATUSES: list[tuple[type[PlatformError], int, str, bool]] = [
    (UnreachableError, 502, "PLATFORM_UNAVAILABLE", True),
    (UnexpectedAnswerError, 502, "PLATFORM_UNAVAILABLE", True),
    (OutcomeUnknownError, 502, "PLATFORM_UNAVAILABLE", True),
    (TooSlowError, 503, "PLATFORM_UNAVAILABLE", True),
    (CircuitOpenError, 503, "PLATFORM_UNAVAILABLE", True),
    (SlowDownError, 503, "PLATFORM_BUSY", True),
    (RefusedSignatureError, 502, "PLATFORM_REFUSED_GATEWAY", False),
    (NotConfiguredError, 503, "PLATFORM_NOT_CONFIGURED", False),
    (NotAllowedError, 403, "PLATFORM_FORBIDDEN", False),
    (SignInNeededError, 403, "SIGN_IN_NEEDED", False),
    (RejectedInputError, 422, "PLATFORM_REJECTED_INPUT", False),
]


@pytest.mark.parametrize(
    ("kind", "status", "code", "again"), STATUSES, ids=lambda value: getattr(value, "__name__", "")
)
def test_what_a_platform_says_has_a_status(kind: type[PlatformError], status: int, code: str, *, again: bool) -> None:
    """Illness is 502 or 503 and says when to try again; that nobody knows whether a file was kept is illness too."""
    entry = AccessEntry("t")
    reply = UploadReply(Wording(TITLES), Language.ZH, entry)

    answer = reply.failed(kind("zheliban", "attachments.keep", "a detail"))

    assert (answer.status, entry.errors) == (status, [code])
    assert ((b"retry-after", b"5") in answer.headers) is again
    assert "a detail" not in answer.body.decode()
    assert "attachments.keep" not in answer.body.decode()
    assert "浙里办" in answer.body.decode() or code == "PLATFORM_NOT_CONFIGURED"
