"""Incidents with their timelines, to be taken away: a document an incident, or a row a line. No I/O."""

import csv
import io
from collections.abc import Iterable

import msgspec

from gateway.ops.kept_shapes import IncidentTold

COLUMNS = ("incident", "platform", "began", "ended", "kind", "where", "at", "what", "zh", "en", "by")


def as_lines(incidents: Iterable[IncidentTold]) -> str:
    """JSON, one incident a line."""
    return "".join(f"{msgspec.json.encode(one).decode()}\n" for one in incidents)


def as_csv(incidents: Iterable[IncidentTold]) -> str:
    """A table with its columns' names (RFC 4180)."""
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows(row for one in incidents for row in _rows(one))
    return written.getvalue()


def _rows(one: IncidentTold) -> list[tuple[str, ...]]:
    ended = "" if one.ended is None else one.ended.isoformat()
    facts = (one.id, one.platform or "", one.began.isoformat(), ended, one.kind, one.where)
    return [(*facts, line.at.isoformat(), line.kind, line.zh, line.en, line.by or "") for line in one.entries]
