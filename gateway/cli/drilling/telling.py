"""A verdict for a terminal, and for a program."""

from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

import msgspec

from gateway.cli.drilling.figures import called_per_question, quantile
from gateway.cli.drilling.judging import Promise, kept_all
from gateway.cli.drilling.recording import FAILED, MISSING, STALE, WHOLE, Recording, Sample
from gateway.cli.drilling.scenarios import SCENARIOS
from gateway.cli.drilling.timeline import timeline
from gateway.cli.drilling.words import said
from gateway.execution.operation import Language

Rows = list[list[str]]
_OUTCOMES = (WHOLE, STALE, MISSING, FAILED)


def lines_of(recording: Recording, promises: Sequence[Promise], language: Language) -> list[str]:
    """For a terminal: phases, what /ops showed, the verdict."""
    parts = [*aligned(phases(recording, language)), "", *aligned(shown(recording, language)), ""]
    parts += [*aligned(calls(recording, language)), "", *aligned(verdict(promises, language)), ""]
    ended = [said("interrupted", language)] if recording.interrupted else []
    return [*parts, *ended, conclusion(promises, language)]


def json_of(recording: Recording, promises: Sequence[Promise]) -> dict[str, Any]:
    """For a program: the verdict, the recording's facts, and its seconds; no single answers."""
    facts: dict[str, Any] = msgspec.to_builtins(recording)
    del facts["samples"], facts["looks"]
    return facts | {
        "ok": kept_all(list(promises)),
        "promises": msgspec.to_builtins(promises),
        "timeline": msgspec.to_builtins(timeline(recording)),
    }


def about(recording: Recording, language: Language) -> str:
    """The outage in a sentence."""
    scenario = SCENARIOS[recording.scenario]
    what = scenario.zh if language is Language.ZH else scenario.en
    word = "about" if len(recording.platforms) == 1 else "about_more"
    return said(word, language, platforms=", ".join(recording.platforms), what=what, seconds=recording.seconds)


def conclusion(promises: Sequence[Promise], language: Language) -> str:
    """The verdict in a sentence."""
    return said("all_held" if kept_all(list(promises)) else "some_broken", language)


def phases(recording: Recording, language: Language) -> Rows:
    """How many answers of each kind there were before, in and after the outage, and how fast."""
    head = ["phase", "requests", *_OUTCOMES]
    rows = [[said(word, language) for word in head] + ["p50", "p99"]]
    after = [one for one in recording.samples if one.at >= recording.seconds]
    for word, samples in (("calm", recording.before()), ("outage", recording.during()), ("after", after)):
        rows.append([said(word, language), *_counts(samples)])
    return rows


def shown(recording: Recording, language: Language) -> Rows:
    """What ``/ops`` showed, a row each time it said something else."""
    rows = [[said("at", language), said("headline", language)]]
    last = None
    for look in recording.looks:
        told = look.zh if language is Language.ZH else look.en
        if told != last:
            rows.append([f"{look.at:.1f}", f"[{look.level}] {told}"])
        last = told
    return rows


def calls(recording: Recording, language: Language) -> Rows:
    """Calls each platform had, for each question that needs it."""
    rows = [[said(word, language) for word in ("platform", "calm", "outage", "per_question")]]
    for name in recording.calls.get("outage", {}):
        each = [called_per_question(recording, phase, name) for phase in ("calm", "outage")]
        counted = [str(recording.calls[phase].get(name, 0)) for phase in ("calm", "outage")]
        rows.append([name, *counted, " → ".join("–" if one is None else f"{one}" for one in each)])
    return rows


def verdict(promises: Sequence[Promise], language: Language) -> Rows:
    """The promises, each held or broken, and what was measured."""
    rows = [[said(word, language) for word in ("verdict", "promise", "measured")]]
    for one in promises:
        word = "untold" if one.held is None else "held" if one.held else "broken"
        measured = one.zh if language is Language.ZH else one.en
        rows.append([said(word, language), said(one.name, language), measured])
    return rows


def aligned(rows: Rows) -> list[str]:
    """Columns below one another; a Chinese sign takes two places."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  ".join(cell + " " * (widths[at] - _width(cell)) for at, cell in enumerate(row)).rstrip() for row in rows]


def _counts(samples: Sequence[Sample]) -> list[str]:
    counted = [str(sum(one.outcome == kind for one in samples)) for kind in _OUTCOMES]
    times = [quantile(samples, share) for share in (0.5, 0.99)]
    return [str(len(samples)), *counted, *("–" if one is None else f"{one:.0f} ms" for one in times)]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
