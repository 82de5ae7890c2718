"""Five minutes as drawings, words and numbers."""

from datetime import UTC, datetime

from gateway.ops.pages.chart import chart_of
from gateway.ops.shapes import HistoryTold

BEGAN = datetime(2026, 3, 13, 19, 0, tzinfo=UTC)


def history(requests: list[int], errors: list[int], p95: list[float | None]) -> HistoryTold:
    """Steps of half a minute, so that two make one."""
    return HistoryTold(30, BEGAN, requests=requests, errors=errors, p95_ms=p95, stale=[0] * len(requests))


def test_bars_reach_as_high_as_the_most() -> None:
    """Failed calls have the scale of all calls; one among many is still seen; none is not drawn."""
    chart = chart_of(history([400, 0, 200], [1, 0, 200], [None] * 3), tall=40)

    assert chart.requests.path == "M0 40v-40h4v40zM10 40v-20h4v20z"
    assert chart.errors.path == "M0 40v-1h4v1zM10 40v-20h4v20z"
    assert chart.stale.path == ""
    assert (chart.requests.peak, chart.errors.peak, chart.stale.peak) == ("400", "200", "0")


def test_a_line_breaks_off_where_nothing_was_measured() -> None:
    """Two measurements, none, one."""
    chart = chart_of(history([1, 1, 0, 1], [0] * 4, [50.0, 100.0, None, 100.0]), tall=40)

    assert chart.p95.path.count("M") == 2
    assert chart.p95.peak == "100 ms"


def test_words_and_numbers_say_the_same() -> None:
    """For who does not see the drawing: totals in a sentence, and a row a minute."""
    chart = chart_of(history([10, 20, 5], [1, 2, 0], [40.0, 1500.0, None]))

    assert chart.en.startswith("Last five minutes: 35 calls, 3 of them failed; p95 up to 1.5 s")
    assert "调用 35 次，其中失败 3 次" in chart.zh
    assert [(row.requests, row.errors, row.p95) for row in chart.rows] == [(30, 3, "1.5 s"), (5, 0, "–")]


def test_nothing_called_draws_nothing() -> None:
    """No division by nothing, no line."""
    chart = chart_of(history([0, 0], [0, 0], [None, None]))

    assert {chart.requests.path, chart.errors.path, chart.p95.path, chart.stale.path} == {""}
