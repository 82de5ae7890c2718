"""One page for a sick platform, not thirty: Alertmanager itself, with our sample, told what Prometheus would tell it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.docker.programs import FOLDER, program, started
from tests.docker.test_rules import ALERTS
from tests.servers import free_port


@pytest.fixture
def alertmanager(tmp_path: Path) -> Iterator[httpx.Client]:
    """One of its own, with nothing told yet; what it would send goes nowhere."""
    port = free_port()
    command = [
        program("prometheus-alertmanager"),
        f"--config.file={FOLDER / 'alertmanager' / 'alertmanager.yml'}",
        f"--storage.path={tmp_path}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--cluster.listen-address=",
    ]
    with started(command, port), httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield client


def alert(name: str, **labels: str) -> dict[str, Any]:
    """An alert as the rules make it."""
    return {"labels": {"alertname": name} | ALERTS[name]["labels"] | labels}


def told(client: httpx.Client, *alerts: dict[str, Any]) -> set[tuple[str, str]]:
    """Tell it these; answers which of them it would send on, with their platform."""
    assert client.post("/api/v2/alerts", json=alerts).status_code == 200
    sent = client.get("/api/v2/alerts", params={"inhibited": "false"}).json()
    return {(one["labels"]["alertname"], one["labels"].get("platform", "")) for one in sent}


def test_one_page_for_a_sick_platform(alertmanager: httpx.Client) -> None:
    """What follows from its being down is kept back; what another platform has is not."""
    sent = told(
        alertmanager,
        alert("TongxinPlatformDown", platform="duty"),
        alert("TongxinPlatformFails", platform="duty"),
        alert("TongxinPlatformFailsSlowly", platform="duty"),
        alert("TongxinPlatformDownForOne", platform="duty", instance="a"),
        alert("TongxinOutboxWaits", platform="duty"),
        alert("TongxinOutboxWaits", platform="zhezhengding"),
    )

    assert sent == {("TongxinPlatformDown", "duty"), ("TongxinOutboxWaits", "zhezhengding")}


def test_what_all_platforms_have_in_common_is_one_page(alertmanager: httpx.Client) -> None:
    """And a certificate that ends soon is still told."""
    sent = told(
        alertmanager,
        alert("TongxinEveryPlatformDown"),
        *(alert("TongxinPlatformDown", platform=name) for name in ("duty", "zheliban", "zhezhengding", "command")),
        *(alert("TongxinPlatformFails", platform=name) for name in ("duty", "zheliban", "zhezhengding", "command")),
        alert("TongxinOutboxWaits", platform="duty"),
        alert("TongxinCredentialsEndSoon", platform="duty", what="secret"),
        alert("TongxinCredentialsEnd", platform="duty", what="secret"),
    )

    assert sent == {("TongxinEveryPlatformDown", ""), ("TongxinCredentialsEndSoon", "duty")}


def test_no_gateway_is_one_page(alertmanager: httpx.Client) -> None:
    """Whatever else is told."""
    others = [alert(name, platform="duty", instance="a") for name in ALERTS if name != "TongxinGatewayAway"]

    assert told(alertmanager, alert("TongxinGatewayAway"), *others) == {("TongxinGatewayAway", "")}


def test_the_database_away_is_one_page(alertmanager: httpx.Client) -> None:
    """Writes that wait and requests that fail follow from it; a sick platform does not."""
    sent = told(
        alertmanager,
        alert("TongxinDatabaseAway"),
        alert("TongxinOutboxWaits", platform="duty"),
        alert("TongxinRequestsFail"),
        alert("TongxinAuditLost"),
        alert("TongxinPlatformDown", platform="zheliban"),
    )

    assert sent == {("TongxinDatabaseAway", ""), ("TongxinPlatformDown", "zheliban")}
