"""The dashboard's file is what its script makes; what its panels ask is tried in tests/verify/test_dashboard.py."""

import json

from tests.docker.programs import FOLDER
from tests.docker.scripts import script

GRAFANA = FOLDER / "grafana"
PANELS = script("grafana/dashboard.py").panels()


def test_the_file_is_current() -> None:
    """``make docs`` writes it again."""
    assert json.loads((GRAFANA / "tongxin.json").read_text()) == script("grafana/dashboard.py").dashboard()


def test_no_panel_covers_another() -> None:
    """Each has its place on the grid, within its width."""
    taken: set[tuple[int, int]] = set()
    for panel in PANELS:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }

        assert place["x"] + place["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells


def test_panels_are_told_apart_and_say_what_they_show() -> None:
    """Ids and titles are there once; whoever shows several lines names each."""
    titles = [panel["title"] for panel in PANELS]

    assert len(set(titles)) == len(titles)
    assert [panel["id"] for panel in PANELS] == list(range(1, len(PANELS) + 1))
    for panel in PANELS:
        for target in panel.get("targets", ()):
            assert target["legendFormat"] or len(panel["targets"]) == 1


def test_what_provides_it_agrees_with_it() -> None:
    """The source's id, and where the file lies in the container."""
    assert "uid: tongxin-prometheus" in (GRAFANA / "source.yml").read_text()
    assert "options: {path: /etc/grafana/tongxin}" in (GRAFANA / "dashboards.yml").read_text()
    assert "target: /etc/grafana/tongxin/tongxin.json" in (FOLDER / "compose.yaml").read_text()
