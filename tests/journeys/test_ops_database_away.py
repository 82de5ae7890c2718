"""The database goes away and comes back: who is on call sees it as the one cause, and it is kept as an incident."""

import asyncio
import html

from pydantic import SecretStr

from tests.operators import operator_at
from tests.servers import PostgreSQL
from tests.stack import OpenGateway, Sandbox, desk_at


async def test_the_picture_goes_on_without_the_database(
    open_gateway: OpenGateway, sandbox: Sandbox, postgresql: PostgreSQL
) -> None:
    """Whoever was let in before still is; once it is back, what happened stands in the timeline."""
    with postgresql.lent_database() as url:
        auth = {"secret": SecretStr("invented-secret-of-the-tests-0123456789"), "database_url": url}
        async with open_gateway(auth=auth) as gateway:
            operator = await operator_at(await desk_at(sandbox, gateway))
            station = gateway.parts.station
            await operator.picture()

            await asyncio.to_thread(postgresql.stop)
            try:
                await station.stores.database.look()
                station.look()
                during = await operator.picture()
                page = await gateway.client.get("/ops", headers={"Accept-Language": "en"})
                public = (await gateway.client.get("/status/picture")).json()
                act = await operator.act("breaker.open", platform="duty")
            finally:
                await asyncio.to_thread(postgresql.start)
            await station.stores.database.look()
            station.look()
            await station.tend()
            after = await operator.picture()

    assert during["headline"]["runbook"] == "docs/ops/runbook/database.md"
    assert during["stores"]["database"]["ok"] is False
    assert page.status_code == 200
    assert during["headline"]["en"] in html.unescape(page.text)
    assert public["level"] == "warn"
    assert act.json()["error"]["code"] == "OPERATOR_STORE_AWAY"
    assert after["headline"]["level"] == "ok"
    [incident] = after["incidents"]
    assert (incident["kind"], incident["platform"]) == ("database", None)
    assert incident["ended"] is not None
