"""The gateway takes platforms' events at ``/events/…``, and their address reaches neither log nor metric."""

import io
import json
from collections.abc import Iterator

import httpx
import pytest
from structlog.testing import capture_logs

from gateway.lines import Lines, current, write_to
from tests.stack import Gateway, OpenGateway

SECRET = "a-secret-of-more-than-24-characters"
FORM = {
    "eventTag": "MOZI_VDS_TENANT_CHANGE|EMPLOYEE_ADD_UPDATE",
    "content": '{"employeeCodes":["GE_demo0001"]}',
}
PATHS = (
    f"/events/zhezhengding/{SECRET}",
    "/events/zhezhengding/another-secret-of-24-characters",
    f"/events/other/{SECRET}",
    f"/events/zhezhengding/{SECRET}/more",
    f"/events/{SECRET}",
)


@pytest.fixture
def logs() -> Iterator[list[dict[str, object]]]:
    """What is logged meanwhile."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def access() -> Iterator[io.BytesIO]:
    """The lines about requests."""
    stream = io.BytesIO()
    write_to(Lines(stream))
    yield stream
    write_to(Lines(access=False))


async def posted(gateway: Gateway, path: str, address: str = "192.0.2.7", **headers: str) -> httpx.Response:
    """POST an event from that address."""
    way = gateway.client._transport
    assert isinstance(way, httpx.ASGITransport)
    elsewhere = httpx.ASGITransport(way.app, client=(address, 1))
    async with httpx.AsyncClient(transport=elsewhere, base_url="http://gateway") as client:
        return await client.post(path, data=FORM, headers=headers)


def callback(**section: object) -> dict[str, object]:
    """Settings of the platform with that callback."""
    return {"callback": {"secret_path": SECRET, "allow_ips": ["192.0.2.0/24"], **section}}


async def test_an_event_is_counted_and_its_address_is_nowhere(
    open_gateway: OpenGateway, logs: list[dict[str, object]], access: io.BytesIO
) -> None:
    """Right, wrong or beside it: the log has the area, the metrics the route's pattern, neither the secret."""
    async with open_gateway(zzd=callback()) as gateway:
        answers = [await posted(gateway, path) for path in PATHS]
        asked = [await gateway.client.get(path) for path in PATHS]
        metrics = (await gateway.client.get("/metrics")).text

    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 404]
    assert len({answer.content for answer in answers[:3]}) == 1
    assert all(answer.status_code in {404, 405} for answer in asked)
    hints = [entry for entry in logs if entry["event"] == "hints"]
    assert [(one["platform"], one["count"]) for one in hints] == [("zhezhengding", 1)]
    current().flush()
    lines = access.getvalue().decode()
    assert {json.loads(line)["area"] for line in lines.splitlines()} == {"events", "other", "metrics"}
    assert 'http_route="/events/{platform}/{secret}"' in metrics
    for told in (metrics, str(logs), lines):
        assert SECRET not in told
        assert "another-secret" not in told
        assert "GE_demo0001" not in told


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
async def test_no_header_makes_an_address_allowed(
    open_gateway: OpenGateway, logs: list[dict[str, object]], header: str
) -> None:
    """Who calls is whose socket it is, whatever a header says."""
    async with open_gateway(zzd=callback()) as gateway:
        await posted(gateway, PATHS[0], "198.51.100.1", **{header: "192.0.2.7"})

    assert not [entry for entry in logs if entry["event"] == "hints"]
