"""What is signed cannot be changed on the way; what is not signed may."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from connectors.clock import PlatformClock
from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, PlatformError, RefusedSignatureError, RejectedInputError
from connectors.mac import mac_text
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.transport import Transport
from connectors.zheliban.client import IrsClient
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings

Send = Callable[..., Awaitable[Any]]
NOW = 1_795_320_000.0
PARAMS = {"ownerIds": "S3310000001", "first": "3", "viewerId": "u"}


@dataclass
class Wire(httpx.AsyncBaseTransport):
    """A way to the sandbox on which requests may be changed."""

    sandbox: SandboxApp
    tamper: Callable[[httpx.Request], httpx.Request]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Change the request and hand it on."""
        return await httpx.ASGITransport(app=self.sandbox).handle_async_request(self.tamper(request))


def over(sandbox: SandboxApp, tamper: Callable[[httpx.Request], httpx.Request], *, off: float = 0) -> Transport:
    """A way to the sandbox that tampers, with a clock of ours that is off."""
    transport = Transport("zheliban", client=httpx.AsyncClient(transport=Wire(sandbox, tamper)))
    transport.clock = PlatformClock(lambda: NOW + off)
    return transport


@pytest.fixture(scope="module")
def sandbox(settings: ZhelibanSettings, world: World) -> SandboxApp:
    """The platform, at a moment that does not pass."""
    return build_sandbox(settings, world, clock=lambda: NOW + 0.9)


@pytest.fixture
def send(settings: ZhelibanSettings, sandbox: SandboxApp) -> Send:
    """Reads a studio's questions over a wire that tampers, with a clock that is off."""

    async def sent(
        tamper: Callable[[httpx.Request], httpx.Request] = lambda request: request,
        *,
        off: float = 0,
        component: str = settings.irs.components.studio,
        settings: ZhelibanSettings = settings,
    ) -> Any:
        client = IrsClient(settings, over(sandbox, tamper, off=off))
        path = "/studio/v1/studios/questions"
        data = await client.get("studios.questions", component, path, PARAMS, Deadline.after(30))
        return data.decoded(object)

    return sent


def changed(
    *, method: str = "GET", url: Callable[[str], str] = str, headers: dict[str, str | None] | None = None
) -> Callable[[httpx.Request], httpx.Request]:
    """Changes a request: its method, its address, its headers (None takes one away)."""

    def tamper(request: httpx.Request) -> httpx.Request:
        kept = {name: value for name, value in request.headers.items() if name not in (headers or {})}
        added = {name: value for name, value in (headers or {}).items() if value is not None}
        raw = {name.encode(): value.encode("latin-1") for name, value in (kept | added).items()}
        return httpx.Request(method, url(str(request.url)), headers=raw)

    return tamper


def resigned(make: Callable[[str, str], str], settings: ZhelibanSettings) -> Callable[[httpx.Request], httpx.Request]:
    """Signs anew, over a text made from the right one and the query as it is on the wire."""

    def tamper(request: httpx.Request) -> httpx.Request:
        path, _, query = request.url.raw_path.decode().partition("?")
        key, date = request.headers["X-BG-HMAC-ACCESS-KEY"], request.headers["X-BG-DATE-TIME"]
        text = make(f"GET\n{path}\n{query}\n{key}\n{date}\n", query)
        signed = mac_text(settings.secret_key.get_secret_value(), text)
        return changed(headers={"x-bg-hmac-signature": signed})(request)

    return tamper


async def test_an_untouched_request_is_answered(send: Send) -> None:
    """The client's requests are what the platform asks for."""
    (page,) = (await send())["items"]

    assert len(page["rows"]) == 3


async def test_the_same_signing_by_hand_is_answered(send: Send, settings: ZhelibanSettings) -> None:
    """The text the tests below change is the right one, so each refusal is for its change alone."""
    assert await send(resigned(lambda text, _: text, settings))


@pytest.mark.parametrize(
    "tamper",
    [
        changed(method="POST"),
        changed(method="DELETE"),
        changed(url=lambda url: url.replace("/studios/questions", "/questions")),
        changed(url=lambda url: url.replace("/studio/v1", "/studio/v2")),
        changed(url=lambda url: url.replace("first=3", "first=4")),
        changed(url=lambda url: url + "&viewerStaff=true"),
        changed(url=lambda url: url.replace("&viewerId=u", "")),
        changed(url=lambda url: url.split("?", maxsplit=1)[0]),
        changed(headers={"x-bg-hmac-signature": "AAAA"}),
        changed(headers={"x-bg-hmac-signature": "签".encode().decode("latin-1")}),
        changed(headers={"x-bg-hmac-access-key": "DEMO_AK_other"}),
        changed(headers={"x-bg-hmac-algorithm": "hmac-sha1"}),
        changed(headers={"x-bg-date-time": "Sun, 22 Nov 2026 04:00:10 GMT"}),
        changed(headers={"x-bg-date-time": "2026-11-22T04:00:00Z"}),
        changed(headers={"x-bg-hmac-access-key": None}),
        changed(headers={"x-bg-hmac-algorithm": None}),
        changed(headers={"x-bg-date-time": None}),
        changed(headers={"x-bg-hmac-signature": None}),
    ],
    ids=[
        "method POST",
        "method DELETE",
        "path of another operation",
        "path of none",
        "parameter changed",
        "parameter added",
        "parameter gone",
        "query gone",
        "signature",
        "signature not ASCII",
        "key",
        "algorithm",
        "date changed",
        "date not RFC 1123",
        "no key",
        "no algorithm",
        "no date",
        "no signature",
    ],
)
async def test_tampering_is_refused(send: Send, tamper: Callable[[httpx.Request], httpx.Request]) -> None:
    """Whatever is changed of what is signed, the platform refuses and the gateway says that signing failed."""
    with pytest.raises(RefusedSignatureError) as caught:
        await send(tamper)

    assert caught.value.code == "PLATFORM_REFUSED_GATEWAY"


@pytest.mark.parametrize(
    "make",
    [
        lambda text, _: text.rstrip("\n"),
        lambda text, query: text.replace(query, "ownerIds=S3310000001&first=3&viewerId=u"),
        lambda text, query: text.replace(query, query.upper()),
        lambda text, query: text.replace(f"{query}\n", ""),
        lambda text, _: text.replace("GET", "get"),
    ],
    ids=["no final newline", "query not sorted", "query spelt otherwise", "no line for the query", "method in small"],
)
async def test_another_text_is_refused(send: Send, settings: ZhelibanSettings, make: Callable[[str, str], str]) -> None:
    """A text that is put together otherwise is another text."""
    with pytest.raises(RefusedSignatureError, match="Invalid signature"):
        await send(resigned(make, settings))


async def test_a_query_signed_raw_is_refused(settings: ZhelibanSettings, sandbox: SandboxApp) -> None:
    """Signing the query as it reads, not as it is encoded, is refused, though the wire is the same."""
    tamper = resigned(lambda text, query: text.replace(query, "ids=Q0000001,Q0000002"), settings)
    client = IrsClient(settings, over(sandbox, tamper))

    with pytest.raises(RefusedSignatureError, match="Invalid signature"):
        await client.get(
            "questions",
            settings.irs.components.studio,
            "/studio/v1/questions",
            {"ids": "Q0000001,Q0000002"},
            Deadline.after(30),
        )


@pytest.mark.parametrize(("off", "tries"), [(90, 1), (-90, 1), (91, 2), (-91, 2), (100_000, 2)])
async def test_a_clock_that_is_off_is_corrected(send: Send, off: float, tries: int) -> None:
    """F8: ninety seconds to either side are accepted; beyond, the call is signed once more by the platform's clock."""
    sent: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Request:
        sent.append(request)
        return request

    assert await send(note, off=off)
    assert len(sent) == tries


async def test_a_wrong_key_is_told_before_a_wrong_clock(send: Send, settings: ZhelibanSettings) -> None:
    """Refusals come in the order key, clock, signature."""
    stranger = settings.model_copy(update={"access_key": "DEMO_AK_other"})

    with pytest.raises(RefusedSignatureError, match="Invalid access key"):
        await send(off=1000, settings=stranger)


@pytest.mark.parametrize(("component", "error"), [("IC33000000000000000000", NotAllowedError)])
async def test_a_component_not_ours_is_not_allowed(send: Send, component: str, error: type[PlatformError]) -> None:
    """A well-signed call to a component the application has no right to is told so."""
    with pytest.raises(error):
        await send(component=component)


async def test_the_order_of_parameters_on_the_wire_is_free(send: Send) -> None:
    """Only the signed text is sorted; so is the spelling of what was encoded."""

    def turned(url: str) -> str:
        path, _, query = url.partition("?")
        return f"{path}?{'&'.join(reversed(query.split('&')))}".replace("ownerIds=S", "ownerIds=%53")

    assert await send(changed(url=turned))


@pytest.mark.parametrize("value", ["a+b", "a%2Fb", "x" * 20_000])
async def test_a_value_that_cannot_be_signed_is_not_sent(settings: ZhelibanSettings, value: str) -> None:
    """What clients and servers would sign differently, or no address could hold, never leaves the gateway."""
    client = IrsClient(replace_base(settings), Transport("zheliban"))

    with pytest.raises(RejectedInputError):
        await client.get("studios", "IC0", "/studio/v1/studios", {"regionCode": value}, Deadline.after(30))


def replace_base(settings: ZhelibanSettings) -> ZhelibanSettings:
    """The settings with an address where nobody listens."""
    return settings.model_copy(update={"base_url": "http://127.0.0.1:1"})
