"""``/metrics``: its forms, its names, and who may read it."""

from typing import Any

import httpx
import pytest
from prometheus_client import parser as prometheus
from prometheus_client.openmetrics import parser as openmetrics

from gateway.health.settings import OpsSettings
from gateway.platforms import PLATFORMS
from gateway.settings import SettingsError, load_settings
from tests.stack import Gateway, OpenGateway, operation

TOKEN = "invented-token-of-the-tests"


def samples(text: str) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """The page, read as Prometheus reads it: by name and labels."""
    found: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    for family in prometheus.text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def open_with(open_gateway: OpenGateway, **ops: Any) -> Any:
    """A gateway with some settings of operations."""
    return open_gateway(ops={"probe_interval_s": 0} | ops)


async def test_a_scrape_tells_calls_platforms_and_requests(gateway: Gateway) -> None:
    """After one query: calls by platform, operation and outcome, their times, the platforms' state, the edge."""
    await gateway.query("{ studios(first: 2) { nodes { name address } } }")
    for watch in gateway.parts.watches.all:
        await watch.probe(5)

    answer = await gateway.client.get("/metrics")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = samples(answer.text)
    calls = found["tongxin_upstream_requests_total"]
    assert calls[("operation", "studios"), ("outcome", "ok"), ("platform", "duty")] == 2
    durations = found["tongxin_upstream_request_duration_seconds_count"]
    assert durations[("operation", "studios"), ("platform", "duty")] == 2
    for name in ("connections_opened_total", "stale_retries_total", "pool_waits_total", "connections_open"):
        assert found[f"tongxin_upstream_{name}"][("platform", "duty"),] >= 0
    for platform in PLATFORMS:
        one = (("platform", platform.name),)
        assert found["tongxin_platform_up"][one] == 1
        assert found["tongxin_platform_configured"][one] == 1
        assert found["tongxin_platform_last_probe_success"][one] == 1
        assert found["tongxin_platform_last_good_answer_timestamp_seconds"][one] > 1.7e9
        assert found["tongxin_platform_clock_difference_seconds"][one] == 0
    route = (("http_request_method", "POST"), ("http_response_status_code", "200"), ("http_route", "/graphql"))
    assert found["http_server_request_duration_seconds_count"][route] == 1
    assert len(found["tongxin_build_info"]) == 1
    assert found["process_resident_memory_bytes"]


async def test_openmetrics_is_spoken_to_who_prefers_it(gateway: Gateway) -> None:
    """The form Prometheus asks for first, read by the strict parser; an odd Accept is no error."""
    await gateway.query("{ studios(first: 2) { nodes { name address } } }")
    accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"

    answer = await gateway.client.get("/metrics", headers={"Accept": accept})
    odd = await gateway.client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=one"})

    assert answer.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    assert {"tongxin_upstream_requests", "tongxin_build"} <= {
        family.name for family in openmetrics.text_string_to_metric_families(answer.text)
    }
    assert odd.status_code == 200


async def test_no_query_text_or_person_stands_in_it(gateway: Gateway) -> None:
    """Operations are the platforms', routes are patterns; what a caller invents makes no label."""
    await gateway.query(operation("02"), {"id": "U3R1ZGlvOnByaXZhdGU", "from": "x", "to": "y"})
    await gateway.client.get("/files/c2VjcmV0LW9mLXNvbWVib2R5")
    await gateway.client.get("/of/somebody/13800000000")
    await gateway.client.request("INVENTED", "/health/live")

    text = (await gateway.client.get("/metrics")).text

    for private in ("c2VjcmV0", "somebody", "13800000000", "INVENTED", "U3R1ZGlv", "127.0.0.1"):
        assert private not in text
    assert 'http_route="/files/{id}"' in text
    assert 'http_route="other"' in text
    assert 'http_request_method="_OTHER"' in text


async def test_without_a_token_it_is_for_this_machine_only(gateway: Gateway) -> None:
    """Neither from elsewhere nor through a proxy on this machine."""
    elsewhere = httpx.ASGITransport(gateway.client._transport.app, client=("192.0.2.7", 1))  # type: ignore[attr-defined]  # the app under test
    async with httpx.AsyncClient(transport=elsewhere, base_url="http://gateway") as client:
        refused = await client.get("/metrics")
    passed_on = await gateway.client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"})

    assert (refused.status_code, passed_on.status_code) == (403, 403)
    assert "tongxin_" not in refused.text


async def test_with_a_token_it_is_for_its_holder_wherever(open_gateway: OpenGateway) -> None:
    """No token and a wrong one are 401, on this machine too; the right one opens it through a proxy."""
    async with open_with(open_gateway, metrics_token=TOKEN) as gateway:
        none = await gateway.client.get("/metrics")
        wrong = await gateway.client.get("/metrics", headers={"Authorization": "Bearer wrong-ünïcode".encode()})
        right = await gateway.client.get(
            "/metrics", headers={"Authorization": f"bearer {TOKEN}", "X-Forwarded-For": "192.0.2.7"}
        )

    assert (none.status_code, wrong.status_code, right.status_code) == (401, 401, 200)
    assert none.headers["www-authenticate"].startswith("Bearer")


async def test_it_can_be_switched_off(open_gateway: OpenGateway) -> None:
    """Then the path does not exist."""
    async with open_with(open_gateway, metrics=False) as gateway:
        assert (await gateway.client.get("/metrics")).status_code == 404


async def test_with_a_port_of_its_own_the_main_one_has_none(open_gateway: OpenGateway) -> None:
    """Who reaches the main port learns nothing of it."""
    async with open_with(open_gateway, metrics_port=9) as gateway:
        assert (await gateway.client.get("/metrics")).status_code == 404


@pytest.mark.parametrize("token", ["short", "with a blank in between", "über-lang-und-nicht-ascii"])
def test_a_token_that_cannot_be_sent_is_refused(token: str) -> None:
    """At the start, by name and without its value."""
    with pytest.raises(SettingsError) as refused:
        load_settings(PLATFORMS, ops={"metrics_token": token})

    assert "ops.metrics_token" in str(refused.value)
    assert token not in str(refused.value)
    assert OpsSettings(metrics_token="").metrics
