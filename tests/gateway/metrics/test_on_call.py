"""What somebody on call is paged for, as metrics."""

import time

from connectors.sandbox.faults import FaultKind
from tests.stack import Gateway, Sandbox

DAY = 86_400


async def test_what_users_noticed_and_what_ends_is_told_by_platform(gateway: Gateway, sandbox: Sandbox) -> None:
    """A field that came empty, and the first certificate to end of several."""
    sandbox.break_("zheliban", FaultKind.HTTP500)
    await gateway.query("{ studios(first: 1) { nodes { name } } }")
    watch = next(one for one in gateway.parts.watches.all if one.platform == "duty")
    ends = time.time()
    watch.meter.connections.certificates.update({"one:443": ends + 40 * DAY, "other:443": ends + 20 * DAY})

    page = (await gateway.client.get("/metrics")).text

    assert 'tongxin_noticed_fields_total{how="null",platform="zheliban"} 1.0' in page
    [line] = [one for one in page.splitlines() if one.startswith("tongxin_credentials_days{")]
    assert line.startswith('tongxin_credentials_days{platform="duty",what="certificate"}')
    assert 19.9 < float(line.rsplit(" ", 1)[1]) <= 20


async def test_what_ends_is_told_on_the_health_page(gateway: Gateway) -> None:
    """By kind and days; the page for everyone names no host."""
    watch = next(one for one in gateway.parts.watches.all if one.platform == "duty")
    watch.meter.connections.certificates["duty.example:443"] = time.time() + 10 * DAY + 60

    answer = await gateway.client.get("/health/connectors")

    [check] = answer.json()["checks"]["duty:certificate"]
    assert (check["status"], check["observedValue"], check["observedUnit"]) == ("warn", 10, "days")
    assert "duty.example" not in answer.text
