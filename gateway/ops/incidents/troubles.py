"""What is not well now, as incidents are made of it: one thing where one thing makes everything fail."""

from collections.abc import Sequence
from datetime import datetime

from connectors.causes import CauseKind
from connectors.records.health import ConnectorStatus
from gateway.ops.cause_words import BY_HAND, DATABASE, SHARED_CLOCK, WORDS
from gateway.ops.headline import ILL, WARN, Seen, sentence, shared_cause
from gateway.ops.incidents.episode import ALL, DATABASE_SCOPE, Trouble

_NO_INCIDENT = frozenset({CauseKind.NOT_CONFIGURED.value, BY_HAND})
"""What somebody wants to be so."""


def troubles_of(seen: Sequence[Seen], database_away_since: datetime | None) -> list[Trouble]:
    """Everything that is not well."""
    found = []
    if database_away_since is not None:
        found.append(_shared(DATABASE_SCOPE, DATABASE, database_away_since, ILL))
    shared = shared_cause(seen)
    if shared is not None:
        since = min((one.cause.since for one in seen if one.cause is not None), default=seen[0].health.since)
        down = any(one.health.status is ConnectorStatus.DOWN for one in seen)
        found.append(_shared(ALL, shared, since, ILL if down else WARN))
    if shared is None or shared == SHARED_CLOCK:
        found += [_own(one) for one in seen if one.cause is not None and one.cause.kind not in _NO_INCIDENT]
    return found


def _shared(scope: str, kind: str, since: datetime, level: str) -> Trouble:
    return Trouble(scope, kind, WORDS[kind].where.value, level, *sentence(kind), since)


def _own(seen: Seen) -> Trouble:
    if seen.cause is None:
        raise ValueError("nothing is wrong with it")
    level = ILL if seen.health.status is ConnectorStatus.DOWN else WARN
    words = sentence(seen.cause.kind, seen.zh, seen.en)
    return Trouble(seen.health.key, seen.cause.kind, seen.cause.where.value, level, *words, seen.cause.since)
