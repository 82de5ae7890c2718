"""All series that a scrape finds after a journey: names as Prometheus and OpenTelemetry have them, labels bounded."""

import asyncio
import re

from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from connectors.sandbox.faults import FaultKind
from tests.journeys.test_studio_page import PAGE, variables
from tests.stack import Gateway, OpenGateway, Sandbox, desk_at

LABELS = {
    "tongxin": {
        "because", "breaker", "by", "act", "cause", "code", "credential", "ended", "event", "how", "kind", "limit", "operation",
        "origin", "outcome", "platform", "python_version", "reason", "result", "state", "status", "store", "transport",
        "version", "what",
    },
    "http": {"http_route", "http_request_method", "http_response_status_code"},
    "process": set(),
}  # fmt: skip
NAME = re.compile(r"(tongxin|http_server|process)_[a-z0-9]+(_[a-z0-9]+)*")
VALUE = re.compile(r"(/[a-z_.{}/:-]*( \(events\))?|[A-Za-z0-9_. -]{0,64})")
MOST = 150
"""Series of one metric for each platform; most have one."""


async def strange(gateway: Gateway, first: int, times: int) -> None:
    """So many of what strangers send, each with something new in every place."""
    asked = [gateway.client.request(f"M{at}", f"/p{at}/13912345678") for at in range(first, first + times)]
    asked += [gateway.client.get(f"/files/13912345678{at}") for at in range(first, first + times)]
    await asyncio.gather(*asked)
    for at in range(first, first + times):
        await gateway.query(f"query N13912345678x{at} {{ a{at}: __typename }}")
        await gateway.query(f"{{ x13912345678{at} }}")


async def scraped(gateway: Gateway) -> tuple[list[Metric], str]:
    """All that is told."""
    text = (await gateway.client.get("/metrics")).text
    return list(text_string_to_metric_families(text)), text


async def journey(sandbox: Sandbox, gateway: Gateway) -> None:
    """A page, well and with a platform that fails."""
    token = await (await desk_at(sandbox, gateway)).token("citizen-0001")
    await gateway.query(PAGE, variables(sandbox), token)
    sandbox.break_("duty", FaultKind.HTTP500)
    await gateway.query(PAGE, variables(sandbox, 2), token)


async def test_names_and_labels_are_as_they_should(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Our own names begin with ours, seconds and bytes are said; a label says what is known beforehand."""
    async with open_gateway() as gateway:
        await journey(sandbox, gateway)
        await strange(gateway, 0, 3)
        families, text = await scraped(gateway)

    assert len(families) > 40
    for family in families:
        assert NAME.fullmatch(family.name), family.name
        assert not re.search(r"(_ms|_millis|_count|_sum|_total)$", family.name), family.name
        assert family.documentation.endswith("."), family.name
        for sample in family.samples:
            labels = {name: value for name, value in sample.labels.items() if name != "le"}
            assert set(labels) <= LABELS[family.name.split("_")[0]], (family.name, labels)
            assert all(VALUE.fullmatch(value) for value in labels.values()), sample
    for word in ("13912345678", "127.0.0.1", "N139", sandbox.world.studios[1].key):
        assert word not in text


async def test_series_do_not_grow_with_what_callers_send(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Ten times as many strange requests make no series more."""
    async with open_gateway() as gateway:
        await journey(sandbox, gateway)
        await strange(gateway, 0, 2)
        await scraped(gateway)  # is a request, too
        few, _ = await scraped(gateway)
        await strange(gateway, 2, 20)
        many, _ = await scraped(gateway)

    assert counted(many) == counted(few)
    assert max(counted(many).values()) <= 4 * MOST


def counted(families: list[Metric]) -> dict[str, int]:
    """Series by name, buckets apart."""
    return {
        family.name: len(
            {tuple(sorted(set(one.labels.items()) - {("le", one.labels.get("le"))})) for one in family.samples}
        )
        for family in families
    }
