"""Helm itself on our chart, in an environment of ``requirements.lock`` beside this, from the project's folder.

``PYTHONPATH=. python tests/verify/chart-tools/render.py`` prints what it found as JSON; with ``--write`` it writes
``tests/docker/charts/*.yaml`` again.
"""

import json
import sys
from typing import Any

import helm_python
import kubernetes_validate
import yaml

from tests.docker.chart_files import CASES, CHART, NAMES, page_of, values_of

OLDEST, NEWEST = "1.27.0", kubernetes_validate.latest_version()
"""Of Kubernetes: what Chart.yaml asks for, and the latest there are schemas of."""
FOREIGN = "monitoring.coreos.com"
"""Whose schemas Kubernetes does not have."""


def wrong_in(page: str) -> list[str]:
    """What Kubernetes' schemas do not allow, at either version."""
    found = []
    for manifest in yaml.safe_load_all(page):
        if manifest["apiVersion"].startswith(FOREIGN):
            continue
        for version in (OLDEST, NEWEST):
            try:
                kubernetes_validate.validate(manifest, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                found.append(f"{version} {manifest['kind']}: {error.path} {error.message}")
    return found


def rendered(case: str) -> dict[str, Any]:
    """One case: the page, what Helm's linter says, what the schemas say."""
    values = values_of(case)
    with helm_python.Chart.load(CHART) as chart:
        page = page_of(chart.render(values, name="tongxin", namespace="tongxin"))
    lint = helm_python.lint(CHART, values, strict=True)
    return {"page": page, "lint": lint["errors"], "wrong": wrong_in(page)}


if __name__ == "__main__":
    told = {case: rendered(case) for case in NAMES}
    if "--write" in sys.argv:
        for case, one in told.items():
            (CASES / f"{case}.yaml").write_text(one["page"])
    json.dump(told, sys.stdout)
