"""Turns what came of a request into its answer: the status by media type, the words by language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog

from connectors.errors import PlatformError
from connectors.refusals import RefusedError
from connectors.viewer import ANYONE, Viewer
from gateway.errors.registry import REGISTRY
from gateway.errors.requests import INTERNAL_ERROR
from gateway.errors.verdict import Verdict, verdict_on
from gateway.errors.wording import Wording
from gateway.execution.extensions import freshness
from gateway.execution.operation import Cost, Language, Outcome
from gateway.http.access import AccessEntry
from gateway.http.answer import Answer, encoded
from gateway.http.deprecations import headers_of, told_of
from gateway.http.negotiation import MediaType
from gateway.http.refusal import RequestRefusedError

COST = "x-tongxin-cost"
_COST = COST.encode()
_OK = 200
_SERVER_ERROR = 500
_MOST_FAULTS = 20


@dataclass(slots=True)
class Reply:
    """How one caller is answered; lives for one request and notes the codes for its access line.

    ``viewer`` is anyone until the token is read; ``explain`` and ``tell_cost`` say what the extensions are to hold;
    ``most_cost`` is what an operation may cost.
    """

    wording: Wording
    media_type: MediaType
    language: Language
    entry: AccessEntry
    viewer: Viewer = ANYONE
    explain: bool = False
    tell_cost: bool = False
    most_cost: int | None = None

    def refused(self, refusal: RefusedError) -> Answer:
        """The answer to a request that never reached the executor: a 4xx or 5xx in either media type."""
        entry = REGISTRY.get(refusal.code) or REGISTRY[INTERNAL_ERROR]
        self.entry.errors.append(entry.code)
        error = self.wording.plain(entry.code, self.language, self.entry.trace_id, refusal.facts)
        headers = refusal.headers if isinstance(refusal, RequestRefusedError) else ()
        return Answer(entry.request_status, self.media_type, encoded(errors=[error]), headers)

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
        errors: Sequence[Any] = ()
        if verdicts:
            _note_failures(verdicts, self.entry.trace_id)
            self.entry.errors.extend(verdict.code for verdict in verdicts)
            errors = self.wording.formed(verdicts, self.language, self.entry.trace_id)
        data = outcome.data if outcome.executed else msgspec.UNSET
        status = _OK if outcome.executed else self._status(verdicts[0])
        body = encoded(errors=errors, data=data, extensions=self._extensions(outcome))
        cost = () if outcome.cost is None else ((_COST, self._figures(outcome.cost)),)
        return Answer(status, self.media_type, body, (*cost, *headers_of(outcome.deprecated)))

    def _extensions(self, outcome: Outcome) -> dict[str, Any]:
        """The executor's own, how fresh the data is, and to whom asks for it what the operation cost."""
        told = outcome.extensions
        if outcome.reads:
            told = told | freshness(outcome.reads, explain=self.explain)
        if self.tell_cost and outcome.cost is not None:
            told = told | {"cost": {"estimated": outcome.cost.estimated, "actual": outcome.cost.actual}}
        if outcome.deprecated:
            told = told | {"deprecations": told_of(outcome.deprecated, self.language)}
        return told

    def _figures(self, cost: Cost) -> bytes:
        most = b"" if self.most_cost is None else b", most=%d" % self.most_cost
        return b"estimated=%d, actual=%d%b" % (cost.estimated, cost.actual, most)

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
