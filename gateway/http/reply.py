"""Turns what came of a request into its answer: the status by media type, the words by language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from connectors.errors import PlatformError
from connectors.refusals import RefusedError
from gateway.errors.registry import REGISTRY
from gateway.errors.requests import INTERNAL_ERROR
from gateway.errors.verdict import Verdict, verdict_on
from gateway.errors.wording import Wording
from gateway.execution.operation import Language, Outcome
from gateway.http.access import AccessEntry
from gateway.http.answer import Answer, encoded
from gateway.http.negotiation import MediaType
from gateway.http.refusal import RequestRefusedError

_OK = 200
_SERVER_ERROR = 500
_MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Reply:
    """How one caller is answered; lives for one request and notes the codes for its access line."""

    wording: Wording
    media_type: MediaType
    language: Language
    entry: AccessEntry

    def refused(self, refusal: RefusedError) -> Answer:
        """The answer to a request that never reached the executor: a 4xx or 5xx in either media type."""
        entry = REGISTRY.get(refusal.code) or REGISTRY[INTERNAL_ERROR]
        self.entry.errors.append(entry.code)
        error = self.wording.plain(entry.code, self.language, self.entry.trace_id, refusal.facts)
        headers = refusal.headers if isinstance(refusal, RequestRefusedError) else ()
        return Answer(entry.request_status, self.media_type, encoded({"errors": [error]}), headers)

    def outcome(self, outcome: Outcome) -> Answer:
        """The answer to a request that was well formed.

        Executed, it is 200 whatever the fields' errors. Refused before that, it is a 4xx; clients that read
        ``application/json`` get 200 even then, because older ones take another status for no GraphQL answer. The
        present draft asks for 422 and 294 in places; graphql-http's audits and the clients in use still expect 400
        and 200.
        """
        verdicts = [verdict_on(error, executed=outcome.executed) for error in outcome.errors]
        if not outcome.executed and not verdicts:
            return self.refused(RefusedError(INTERNAL_ERROR))
        _note_failures(verdicts, self.entry.trace_id)
        response: dict[str, Any] = {}
        if verdicts:
            self.entry.errors.extend(verdict.code for verdict in verdicts)
            response["errors"] = self.wording.formed(verdicts, self.language, self.entry.trace_id)
        if outcome.executed:
            response["data"] = outcome.data
        if outcome.extensions:
            response["extensions"] = outcome.extensions
        status = _OK if outcome.executed else self._status(verdicts[0])
        return Answer(status, self.media_type, encoded(response))

    def _status(self, verdict: Verdict) -> int:
        status = REGISTRY[verdict.code].request_status
        return _OK if self.media_type is MediaType.JSON and status < _SERVER_ERROR else status


def _note_failures(verdicts: Sequence[Verdict], trace_id: str) -> None:
    """Tell the log what callers are not told, a line for each kind of failure."""
    log = structlog.get_logger()
    platforms: Counter[tuple[str, str, str, str]] = Counter()
    unplanned: list[Exception] = []
    for verdict in verdicts:
        failed = verdict.cause
        if isinstance(failed, PlatformError):
            platforms[failed.platform, failed.operation, type(failed).__name__, failed.detail] += 1
        elif failed is not None:
            unplanned.append(failed)
    for (platform, operation, error, detail), times in platforms.most_common(_MOST_FAULTS):
        facts = {"platform": platform, "operation": operation, "error": error, "detail": detail}
        log.warning("platform failed", trace_id=trace_id, times=times, **facts)
    for fault in unplanned[:_MOST_FAULTS]:
        log.error("unplanned failure", trace_id=trace_id, fault=fault)
