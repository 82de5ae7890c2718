"""``start-prometheus`` lays out the configuration, the rules and the addresses it is given, and runs Prometheus on them."""

import time
from pathlib import Path
from typing import Any

import httpx

from tests.docker.programs import FOLDER, program, started
from tests.docker.test_rules import rules
from tests.servers import free_port

GATEWAYS = ["127.0.0.1:9", "127.0.0.1:19"]
SECONDS = 20


def test_it_scrapes_whom_it_is_told_of_with_all_rules(tmp_path: Path) -> None:
    """As many gateways as are named; no balancer and no Alertmanager where none is."""
    program("prometheus")
    port = free_port()
    (tmp_path / "token").write_text("invented-token-of-the-tests")
    environment = {
        "TONGXIN_GATEWAYS": " ".join(GATEWAYS),
        "TONGXIN_METRICS_TOKEN_FILE": str(tmp_path / "token"),
        "TONGXIN_PROMETHEUS_RUN": str(tmp_path / "run"),
        "TONGXIN_PROMETHEUS_DATA": str(tmp_path / "data"),
        "TONGXIN_PROMETHEUS_LISTEN": f"127.0.0.1:{port}",
    }

    with (
        started([FOLDER / "start-prometheus"], port, environment),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        groups = client.get("/api/v1/rules").json()["data"]["groups"]
        ends = time.monotonic() + SECONDS
        targets: list[dict[str, Any]] = []
        while not targets and time.monotonic() < ends:  # files are read some seconds after the start
            time.sleep(0.1)
            targets = client.get("/api/v1/targets").json()["data"]["activeTargets"]

    assert sum(len(group["rules"]) for group in groups) == len(list(rules()))
    assert {(one["labels"]["job"], one["labels"]["instance"]) for one in targets} == {
        ("tongxin-gateway", gateway) for gateway in GATEWAYS
    }
    assert (tmp_path / "run" / "metrics_token").stat().st_mode & 0o077 == 0
