"""A drill as a Markdown page, to keep beside the minutes of a rehearsal."""

from collections.abc import Sequence
from datetime import datetime

from gateway.cli.drilling.judging import Promise
from gateway.cli.drilling.recording import Recording
from gateway.cli.drilling.telling import Rows, about, calls, conclusion, phases, shown, verdict
from gateway.cli.drilling.timeline import Second, timeline
from gateway.cli.drilling.words import said
from gateway.execution.operation import Language


def report_of(recording: Recording, promises: Sequence[Promise], language: Language, at: datetime) -> str:
    """The whole page."""
    title = f"# {said('drill', language)}: {recording.scenario}, {at:%Y-%m-%d %H:%M}"
    broken = [said("interrupted", language)] if recording.interrupted else []
    parts = [
        title,
        about(recording, language),
        *broken,
        conclusion(promises, language),
        table(verdict(promises, language)),
        f"## {said('users', language)}",
        table(phases(recording, language)),
        f"## {said('ops', language)}",
        table(shown(recording, language)),
        f"## {said('calls', language)}",
        table(calls(recording, language)),
        f"## {said('seconds', language)}",
        table(seconds(timeline(recording), language)),
    ]
    return "\n\n".join(parts) + "\n"


def seconds(found: Sequence[Second], language: Language) -> Rows:
    """A row a second."""
    head = ("at", "whole", "stale", "missing", "failed", "codes_word")
    rows = [
        [said(word, language) for word in head] + ["p99"] + [said(word, language) for word in ("status", "cause_word")]
    ]
    rows.extend(
        [
            str(one.at),
            *(str(count) for count in (one.whole, one.stale, one.missing, one.failed)),
            " ".join(one.codes),
            "–" if one.p99_ms is None else f"{one.p99_ms:.0f} ms",
            " ".join(one.statuses),
            " ".join(one.causes),
        ]
        for one in found
    )
    return rows


def table(rows: Rows) -> str:
    """As Markdown has it."""
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
