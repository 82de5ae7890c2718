"""How an upload is answered: the statuses of what stops one, where the registry's codes belong to single fields."""

from dataclasses import dataclass
from typing import Any

import msgspec
import structlog

from connectors.errors import CircuitOpenError, OutcomeUnknownError, PlatformError, SlowDownError, TooSlowError
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Viewer
from gateway.errors.registry import REGISTRY
from gateway.errors.wording import Wording
from gateway.execution.operation import Language
from gateway.http.access import AccessEntry
from gateway.http.answer import Answer, encoded
from gateway.http.negotiation import MediaType
from gateway.http.refusal import RequestRefusedError

_CREATED = 201
_ILL = 502
_LATER = 503
_RETRY_S = b"5"
_CHALLENGE = ((b"www-authenticate", b"Bearer"),)
_STATUS = {
    "SIGN_IN_REQUIRED": 401,
    "FORBIDDEN": 403,
    "PLATFORM_FORBIDDEN": 403,
    "SIGN_IN_NEEDED": 403,
    "IDEMPOTENCY_KEY_REUSED": 422,
    "PLATFORM_REJECTED_INPUT": 422,
    "PLATFORM_NOT_CONFIGURED": 503,
}
_PAUSING = (SlowDownError, CircuitOpenError, TooSlowError)


@dataclass(slots=True)
class UploadReply:
    """How one sender is answered; notes codes for the access line. ``viewer`` is anyone until the token is read."""

    wording: Wording
    language: Language
    entry: AccessEntry
    viewer: Viewer = ANYONE

    def kept(self, rows: list[dict[str, Any]]) -> Answer:
        """What the files became."""
        return Answer(_CREATED, MediaType.JSON, msgspec.json.encode({"attachments": rows}))

    def refused(self, error: RefusedError) -> Answer:
        """What is wrong with the request or with a file."""
        entry = REGISTRY[error.code]
        headers = error.headers if isinstance(error, RequestRefusedError) else ()
        if error.code == "SIGN_IN_REQUIRED":
            headers += _CHALLENGE
        status = _STATUS.get(error.code, entry.request_status)
        return self._told(error.code, status, error.facts, headers, retryable=entry.retryable)

    def failed(self, error: PlatformError) -> Answer:
        """What the platform says, or that it is ill.

        That nobody knows whether it kept the file is told as illness: to send it again does no harm.
        """
        log = structlog.get_logger()
        facts = {"platform": error.platform, "operation": error.operation, "error": type(error).__name__}
        log.warning("platform failed", trace_id=self.entry.trace_id, detail=error.detail, times=1, **facts)
        unknown = isinstance(error, OutcomeUnknownError)
        code, retryable = (PlatformError.code, True) if unknown else (error.code, error.retryable)
        status = _STATUS.get(code, _LATER if isinstance(error, _PAUSING) else _ILL)
        return self._told(code, status, error.facts, retryable=retryable, platform=error.platform)

    def _told(
        self,
        code: str,
        status: int,
        facts: Any,
        headers: tuple[tuple[bytes, bytes], ...] = (),
        *,
        retryable: bool,
        platform: str | None = None,
    ) -> Answer:
        self.entry.errors.append(code)
        told = self.wording.plain(code, self.language, self.entry.trace_id, facts)
        if platform is not None:
            told["message"] = self.wording.sentence(code, self.language, facts, platform)
            told["extensions"]["platform"] = platform
        if retryable and not any(name == b"retry-after" for name, _ in headers):
            headers += ((b"retry-after", _RETRY_S),)
        return Answer(status, MediaType.JSON, encoded(errors=[told]), headers)
