"""A verdict as people and programs read it."""

import json
import re
from datetime import UTC, datetime

import pytest

from gateway.cli.drilling.judging import judged
from gateway.cli.drilling.recording import FAILED
from gateway.cli.drilling.report import report_of
from gateway.cli.drilling.telling import json_of, lines_of
from gateway.cli.drilling.timeline import timeline
from gateway.execution.operation import Language
from tests.gateway.cli.drilling.invented import recording, sample

CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize("language", Language)
def test_the_verdict_is_told_in_one_language(language: Language) -> None:
    """A line for each promise; Chinese throughout, or not at all."""
    found = recording(samples=[sample(3, outcome=FAILED)])
    promises = judged(found)

    lines = lines_of(found, promises, language)

    assert bool(CHINESE.search("\n".join(lines))) is (language is Language.ZH)
    assert lines[-1] == ("结论：有承诺未达成。" if language is Language.ZH else "Verdict: not every promise held.")
    assert sum(line.startswith(("held", "达成", "broken", "未达成")) for line in lines) == len(promises)


@pytest.mark.parametrize("language", Language)
def test_the_report_is_a_page_of_tables(language: Language) -> None:
    """Every row of a table has as many cells as its head."""
    found = recording()

    page = report_of(found, judged(found), language, datetime(2026, 11, 1, tzinfo=UTC))

    tables = [part.splitlines() for part in page.split("\n\n") if part.startswith("|")]
    assert len(tables) == 5
    assert all(len({line.count("|") for line in table}) == 1 for table in tables)
    assert "platform-hangs, 2026-11-01" in page.splitlines()[0]


def test_json_has_the_verdict_and_the_seconds() -> None:
    """As programs want it: it can be written, and single answers are left out."""
    found = recording()

    told = json.loads(json.dumps(json_of(found, judged(found))))

    assert told["ok"] is True
    assert {promise["name"] for promise in told["promises"]} >= {"answered", "recovered"}
    assert "samples" not in told
    assert len(told["timeline"]) == 36


def test_a_second_counts_what_fell_into_it() -> None:
    """Answers by outcome, with their codes, and what /ops showed last."""
    seconds = {one.at: one for one in timeline(recording())}

    assert (seconds[-1].whole, seconds[-1].missing, seconds[-1].statuses) == (5, 0, ["UP"])
    assert (seconds[5].whole, seconds[5].missing, seconds[5].codes) == (4, 1, ["PLATFORM_UNAVAILABLE"])
    assert (seconds[5].statuses, seconds[5].causes, seconds[5].level) == (["DOWN"], ["slow"], "warn")
