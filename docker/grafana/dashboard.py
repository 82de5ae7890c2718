# noqa: INP001 - a script beside the file it writes, in no package
"""The Grafana dashboard, made from ``panels.json``, a line a panel: ``python docker/grafana/dashboard.py`` prints it.

Every panel's queries are run against a running stack by ``tests/verify/test_dashboard.py``, so none can rot unseen.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COLUMNS = 24
SOURCE = {"type": "prometheus", "uid": "tongxin-prometheus"}


def panels() -> list[dict[str, Any]]:
    """All rows and panels, laid out from left to right."""
    laid: list[dict[str, Any]] = []
    x = y = height = 0
    for row in json.loads((HERE / "panels.json").read_text()):
        y += height
        laid.append(_row(row["title"], y))
        x, y, height = 0, y + 1, 0
        for panel in row["panels"]:
            width, tall = panel.get("width", 8), panel.get("height", 7)
            if x + width > COLUMNS:
                x, y, height = 0, y + height, 0
            laid.append(_panel(panel) | {"gridPos": {"x": x, "y": y, "w": width, "h": tall}})
            x, height = x + width, max(height, tall)
    return [panel | {"id": number} for number, panel in enumerate(laid, 1)]


def queries() -> Iterator[tuple[str, str]]:
    """Each panel's title with each of its queries."""
    for panel in panels():
        for target in panel.get("targets", ()):
            yield panel["title"], target["expr"]


def dashboard() -> dict[str, Any]:
    """The whole, as Grafana reads it from a file."""
    return {
        "uid": "tongxin",
        "title": "通信网关 · Tongxin Gateway",
        "tags": ["tongxin"],
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": "browser",
        "annotations": {"list": [_alerts()]},
        "templating": {"list": [_variable("platform", "平台 platform", "tongxin_platform_configured")]},
        "panels": panels(),
    }


def _row(title: str, y: int) -> dict[str, Any]:
    return {"type": "row", "title": title, "collapsed": False, "gridPos": {"x": 0, "y": y, "w": COLUMNS, "h": 1}}


def _panel(panel: dict[str, Any]) -> dict[str, Any]:
    kind = panel.get("type", "timeseries")
    defaults: dict[str, Any] = {"unit": panel.get("unit", "short")}
    if kind == "timeseries":
        defaults |= {"min": 0, "custom": {"fillOpacity": 10, "showPoints": "never", "lineWidth": 1}}
    if steps := panel.get("steps"):
        colours = [{"color": colour, "value": value} for value, colour in steps]
        defaults["thresholds"] = {"mode": "absolute", "steps": colours}
    return {
        "type": kind,
        "title": panel["title"],
        "description": panel.get("description", ""),
        "datasource": SOURCE,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": _options(kind),
        "targets": [
            {"refId": chr(ord("A") + at), "datasource": SOURCE, "expr": expr, "legendFormat": legend}
            for at, (expr, legend) in enumerate(panel["queries"])
        ],
    }


def _options(kind: str) -> dict[str, Any]:
    if kind == "stat":
        return {"reduceOptions": {"calcs": ["lastNotNull"]}, "colorMode": "background", "graphMode": "none"}
    if kind == "timeseries":
        return {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi", "sort": "desc"}}
    return {"showValue": "never", "mergeValues": True}


def _variable(name: str, label: str, metric: str) -> dict[str, Any]:
    return {
        "type": "query",
        "name": name,
        "label": label,
        "datasource": SOURCE,
        "query": {"query": f"label_values({metric}, {name})", "refId": "A"},
        "refresh": 2,
        "multi": True,
        "includeAll": True,
        "allValue": ".*",
        "current": {"text": "All", "value": "$__all"},
        "sort": 1,
    }


def _alerts() -> dict[str, Any]:
    return {
        "name": "告警 alerts",
        "datasource": SOURCE,
        "enable": True,
        "iconColor": "red",
        "expr": 'ALERTS{alertstate="firing", service="tongxin", severity="page"}',
        "titleFormat": "{{alertname}} {{platform}}",
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(dashboard(), ensure_ascii=False, indent=1) + "\n")
