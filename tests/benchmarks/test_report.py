"""What a run is written down as: a table and a chart."""

from xml.etree import ElementTree as ET

from benchmarks.answers import places
from benchmarks.chart import chart
from benchmarks.growth import Growth
from benchmarks.late import Late
from benchmarks.results import Measured, Results, Row
from benchmarks.servers import COLD, FLOOR, NAIVE, WARM
from benchmarks.table import table

COSTS = {WARM: 0.25, COLD: 0.5, NAIVE: 20.0, FLOOR: 0.04}
RESULTS = Results(
    rows=[Row("02-studio-page", name, 3, Measured(cost, 1000.0, 1.0, 2.0, 0)) for name, cost in COSTS.items()],
    servers=dict.fromkeys(COSTS, (1.0, 90.0, 95.0)),
    kilobytes={"02-studio-page": 13.4},
    differences={},
    late=[Late("02-studio-page", usual=4.0, late=84.0)],
    growth=Growth(1.0, 4.1),
    rounds=5,
    seconds=4,
)


def test_the_table_says_how_many_times_less() -> None:
    """Each row's CPU stands beside the naive stack's divided by it; the chain is counted from the delay."""
    lines = table(RESULTS).splitlines()

    assert f"| {COLD} | 0.500 | 40.0 | 1,000 | 1.00 | 2.00 | 3 |" in lines
    assert "| 02-studio-page | 84.0 | 4.0 | 4.0 |" in lines
    assert "All answers were equal, before and after the load." in lines


def test_the_chart_is_well_formed_and_to_scale() -> None:
    """It is XML, it has a bar for every server, and the longest bar is the most expensive server's."""
    drawn = ET.fromstring(chart(RESULTS))  # noqa: S314 - our own

    bars = [float(bar.attrib["width"]) for bar in drawn.iter("{http://www.w3.org/2000/svg}rect")]
    assert len(bars) == len(COSTS)
    assert bars[2] == max(bars)
    assert abs(bars[1] / bars[2] - 0.5 / 20.0) < 0.01


def test_differences_are_told_by_their_place() -> None:
    """Equal answers have none; a difference names where it is."""
    right = {"data": {"studios": [{"name": "a"}, {"name": "b"}]}}

    assert list(places(right, right)) == []
    [told] = places(right, {"data": {"studios": [{"name": "a"}, {"name": "c"}]}})
    assert told.startswith(".data.studios[1].name")


def test_a_run_can_be_read_again() -> None:
    """The file holds every row, and when it was written."""
    assert '"cpu_ms": 0.25' in RESULTS.json()
    assert '"date"' in RESULTS.json()
