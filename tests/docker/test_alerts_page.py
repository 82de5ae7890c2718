"""``docs/ops/alerts.md`` tells of every alert, in the rules' own words."""

from tests.docker.chart_files import ROOT
from tests.docker.scripts import script
from tests.docker.test_rules import ALERTS

PAGE = (ROOT / "docs" / "ops" / "alerts.md").read_text()


def test_the_page_is_current() -> None:
    """``make docs`` writes it again."""
    assert script("prometheus/alerts_page.py").alerts_page() == PAGE


def test_no_alert_is_left_out() -> None:
    """Each is a row, with the page that tells what to do."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| [")]

    assert {line.partition("[")[2].partition("]")[0] for line in rows} == set(ALERTS)
    assert "{{" not in PAGE
