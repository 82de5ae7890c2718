"""Prometheus' rules: accepted, tried case by case by promtool, and about metrics and outcomes that there are."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from connectors import errors, rejections
from connectors.errors import PlatformError
from connectors.metering import kind_of
from tests.docker.programs import FOLDER, program

PROMETHEUS = FOLDER / "prometheus"
RULES = sorted((PROMETHEUS / "rules").glob("*.yml"))
TESTS = sorted((PROMETHEUS / "rules_test").glob("*.yml"))
METRIC = re.compile(r"\b(?:tongxin_|http_server_)\w+")
LANGUAGES = ("summary", "summary_zh", "description", "description_zh")


def rules() -> Iterator[dict[str, Any]]:
    """All rules, in their order."""
    for path in RULES:
        for group in yaml.safe_load(path.read_text())["groups"]:
            yield from group["rules"]


ALERTS = {rule["alert"]: rule for rule in rules() if "alert" in rule}


def promtool(*arguments: str | Path) -> None:
    """Run it; its words are the failure's."""
    ran = subprocess.run([program("promtool"), *arguments], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_rules_and_configuration_are_accepted(tmp_path: Path) -> None:
    """By promtool, as start-prometheus lays them out."""
    for name in ("rules", "targets"):
        (tmp_path / name).mkdir()
    (tmp_path / "metrics_token").write_text("invented-token-of-the-tests")
    for path in RULES:
        (tmp_path / "rules" / path.name).write_text(path.read_text())
    (tmp_path / "prometheus.yml").write_text((PROMETHEUS / "prometheus.yml").read_text())
    for name in ("gateway", "balancer", "alertmanager"):
        (tmp_path / "targets" / f"{name}.json").write_text('[{"targets": ["127.0.0.1:9"]}]')

    promtool("check", "rules", *RULES)
    promtool("check", "config", tmp_path / "prometheus.yml")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=[pytest.mark.verify] if path.stem == "slowly" else [])  # days of minutes
        for path in TESTS
    ],
)
def test_alerts_fire_in_their_case_and_not_in_one_that_comes_close(path: Path) -> None:
    """``promtool test rules``."""
    promtool("test", "rules", path)


def test_every_alert_is_seen_to_fire() -> None:
    """None is without a case of its own."""
    tried = {name for path in TESTS for name in re.findall(r'alertname="(Tongxin\w+)"', path.read_text())}

    assert tried == set(ALERTS)


@pytest.mark.parametrize("name", ALERTS)
def test_an_alert_says_what_who_and_where(name: str) -> None:
    """How urgent it is, both languages, and the page that tells what to do."""
    alert = ALERTS[name]
    words = alert["annotations"]

    assert alert["labels"]["severity"] in {"page", "ticket"}
    assert alert["labels"]["service"] == "tongxin"
    assert alert["labels"]["layer"] in {"platform", "writes", "gateway", "store"}
    assert all(words[key] for key in LANGUAGES)
    assert all(bool(re.search("[一-鿿]", words[key])) is key.endswith("_zh") for key in LANGUAGES)
    assert words["runbook_url"].startswith("docs/ops/runbook/")


def test_a_call_fails_by_what_speaks_of_the_platform() -> None:
    """The outcomes that count are the errors' classes that tell of illness and come of a call that was made."""
    kinds = {
        thing
        for module in (errors, rejections)
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, PlatformError)
    }
    ill = "|".join(sorted({kind_of(kind) for kind in kinds if kind.illness and kind.asked}))

    counted = {outcomes for rule in rules() for outcomes in re.findall(r'outcome=~"([^"]*)"', str(rule["expr"]))}

    assert counted == {ill}


def test_what_is_asked_for_is_recorded_or_counted() -> None:
    """No rule reads a series that no rule records; a metric's name is written somewhere in the gateway."""
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    asked = {name for rule in rules() for name in re.findall(r"tongxin:[\w:]+", str(rule["expr"]))}
    assert asked <= recorded

    code = "".join(path.read_text() for path in (FOLDER.parent / "gateway").rglob("*.py"))
    for name in {found for rule in rules() for found in METRIC.findall(str(rule["expr"]))}:
        short = re.sub("^tongxin_(upstream|platform|read_cache|live)_|_(total|count|bucket|sum|info)$", "", name)
        assert short in code, name


@pytest.mark.parametrize("how", ["Fails", "FailsSlowly"])
def test_requests_are_judged_as_platforms_are(how: str) -> None:
    """The same windows and the same multiples of what may fail; so what is tried for one is tried for both."""
    platforms, requests = ALERTS[f"TongxinPlatform{how}"], ALERTS[f"TongxinRequests{how.replace('Fails', 'Fail')}"]

    said = platforms["expr"].replace("platform_failures", "request_failures").replace("platform_calls", "requests")
    assert said.replace("on (platform)", "on ()") == requests["expr"]
    assert platforms["for"] == requests["for"]
