"""What callers see of the limits over time, whatever they ask for and however they ask."""

from collections.abc import Mapping
from typing import Any

import pytest

from connectors.viewer import Scope
from tests.stack import Gateway, OpenGateway
from tests.wires import events_of, listening, socket_to

HELLO = "{ __typename }"
STUDIOS = "{ studios(first: 100) { nodes { name } } }"
GRAPHQL = "application/graphql-response+json"


async def token_of(gateway: Gateway, person: str | None = None) -> tuple[str, str]:
    """A token of a client made for it, and the client."""
    authority = gateway.parts.authority
    client, _ = await authority.clients.create("limited", grants=["client_credentials"], scopes=["opinion:read"])
    scopes = frozenset({Scope.OPINION_READ})
    return (await authority.tokens.issue(person or client, client, scopes)).token, client


async def asked(gateway: Gateway, token: str | None, query: str = HELLO, **headers: str) -> Any:
    """One answer."""
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return await gateway.client.post("/graphql", json={"query": query}, headers=headers)


async def from_address(
    gateway: Gateway, address: str, method: str = "POST", path: str = "/graphql", **more: Any
) -> Any:
    """One answer to a caller behind a proxy that is trusted."""
    headers = {"X-Forwarded-For": address} | more.pop("headers", {})
    return await gateway.client.request(method, path, headers=headers, **more)


def limits(gateway: Gateway, **changes: Any) -> dict[str, Any]:
    """Settings of limits with some changed."""
    return {"limits": gateway.settings.limits.model_copy(update=changes)}


@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
async def test_too_many_requests_are_429(open_gateway: OpenGateway, gateway: Gateway, accept: str) -> None:
    """In both media types; with when to come again, the limit that was met, and what to do in both languages."""
    async with open_gateway(**limits(gateway, client_per_minute=2)) as limited:
        token, _ = await token_of(limited)
        answers = [await asked(limited, token, accept=accept) for _ in range(3)]
        chinese = await asked(limited, token, **{"accept-language": "zh"})

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refused = answers[2]
    [error] = refused.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert error["extensions"]["by"] == "client"
    assert error["extensions"]["seconds"] == int(refused.headers["retry-after"]) == 30
    assert error["extensions"]["retryable"] is True
    assert refused.headers["ratelimit-policy"] == '"client";q=2;w=60'
    assert refused.headers["ratelimit"] == '"client";r=0;t=30'
    assert "Retry-After" in error["message"]
    assert "过于频繁" in chinese.json()["errors"][0]["message"]


async def test_whoever_has_a_token_is_told_what_is_left(open_gateway: OpenGateway, gateway: Gateway) -> None:
    """On every answer, also of a request that is refused for something else. Nobody else is."""
    async with open_gateway(**limits(gateway, client_per_minute=6, points_per_hour=3600)) as limited:
        token, _ = await token_of(limited)

        answers = [await asked(limited, token), await asked(limited, token, "{ nonsense }")]
        nobody = await asked(limited, None)

    policies = '"client";q=6;w=60, "points";q=3600;w=3600;qu="points"'
    assert [answer.headers["ratelimit-policy"] for answer in answers] == [policies, policies]
    assert [answer.headers["ratelimit"] for answer in answers] == [
        '"client";r=5;t=10, "points";r=3600;t=0',
        '"client";r=4;t=20, "points";r=3600;t=0',
    ]
    assert "ratelimit" not in nobody.headers


async def test_a_client_pays_what_its_operations_cost(open_gateway: OpenGateway, gateway: Gateway) -> None:
    """The estimate has to be there, what it came to is charged, and what is refused for cost says so."""
    async with open_gateway(**limits(gateway, points_per_hour=1000)) as limited:
        token, _ = await token_of(limited)
        answers = [await asked(limited, token, STUDIOS, **{"x-tongxin-cost": "1"}) for _ in range(30)]

    costs = [figures_in(answer.headers["x-tongxin-cost"]) for answer in answers if answer.status_code == 200]
    refused = next(answer for answer in answers if answer.status_code != 200)
    estimated, actual = costs[0]["estimated"], costs[0]["actual"]
    assert actual < estimated
    assert sum(cost["actual"] for cost in costs) > 1000 - estimated
    assert refused.status_code == 429
    assert refused.json()["errors"][0]["extensions"]["code"] == "POINTS_SPENT"
    assert refused.headers["ratelimit-policy"] == '"points";q=1000;w=3600;qu="points"'


def figures_in(header: str) -> Mapping[str, int]:
    """What the header x-tongxin-cost says."""
    pairs = (pair.split("=") for pair in header.split(", "))
    return {name: int(figure) for name, figure in pairs}


async def test_strangers_are_counted_by_address(open_gateway: OpenGateway, gateway: Gateway) -> None:
    """Without a token, and with one that is not good, however the request ends; other addresses are not touched."""
    edge = gateway.settings.edge.model_copy(update={"trusted_proxies": ("127.0.0.0/8",)})
    async with open_gateway(**limits(gateway, address_per_minute=3), edge=edge) as limited:
        invented = {"Authorization": "Bearer invented"}
        answers = [
            await from_address(limited, "192.0.2.7", json={"query": HELLO}),
            await from_address(limited, "192.0.2.7", json={"query": HELLO}, headers=invented),
            await from_address(limited, "192.0.2.7", content=b"no JSON", headers=invented),
            await from_address(limited, "192.0.2.7", json={"query": HELLO}, headers=invented),
            await from_address(limited, "192.0.2.7", json={"query": HELLO}),
            await from_address(limited, "192.0.2.8", json={"query": HELLO}),
        ]
        token, _ = await token_of(limited)
        known = await asked(limited, token, **{"X-Forwarded-For": "192.0.2.7"})

    assert [answer.status_code for answer in answers] == [200, 401, 415, 429, 429, 200]
    assert known.status_code == 200
    assert limited.parts.rates.limited == {("request", "address"): 2}


async def test_uploads_have_a_limit_of_their_own(open_gateway: OpenGateway, gateway: Gateway) -> None:
    """They are told so in the form of uploads."""
    async with open_gateway(**limits(gateway, uploads_per_minute=1)) as limited:
        authority = limited.parts.authority
        client, _ = await authority.clients.create("up", grants=["client_credentials"], scopes=["question:write"])
        token = (await authority.tokens.issue(client, client, frozenset({Scope.QUESTION_WRITE}))).token
        headers = {"Authorization": f"Bearer {token}"}
        answers = [await limited.client.post("/uploads", files={}, headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [415, 429]
    assert answers[1].json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert answers[1].headers["retry-after"] == "60"


async def test_live_operations_are_counted_too(open_gateway: OpenGateway, gateway: Gateway) -> None:
    """Each operation on a WebSocket and each event stream is a request; a connection is told and stays."""
    async with open_gateway(**limits(gateway, client_per_minute=2)) as limited, listening(limited) as port:
        token, _ = await token_of(limited)
        async with socket_to(port) as socket:
            await socket.ready(authorization=f"Bearer {token}")
            told = []
            for number in "123":
                await socket.subscribe(number, HELLO)
                told.append(await socket.hear())
                if told[-1]["type"] == "next":
                    await socket.hear()
        async with events_of(port, HELLO, {}, token) as events:
            status, code = events.response.status_code, (await events.response.aread()).decode()

    assert [one["type"] for one in told] == ["next", "next", "error"]
    assert told[2]["payload"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert status == 429
    assert "RATE_LIMITED" in code


async def test_sign_on_has_its_own_limit_and_forms(open_gateway: OpenGateway, gateway: Gateway) -> None:
    """OAuth's JSON for programs, a page for people; keys and metadata stay readable."""
    edge = gateway.settings.edge.model_copy(update={"trusted_proxies": ("127.0.0.0/8",)})
    async with open_gateway(**limits(gateway, sign_on_per_minute=1), edge=edge) as limited:
        first = await from_address(limited, "192.0.2.7", "POST", "/oauth/token", data={})
        token = await from_address(limited, "192.0.2.7", "POST", "/oauth/token", data={})
        page = await from_address(limited, "192.0.2.7", "GET", "/login", headers={"Accept-Language": "zh"})
        keys = await from_address(limited, "192.0.2.7", "GET", "/oauth/jwks")
        metadata = await from_address(limited, "192.0.2.7", "GET", "/.well-known/openid-configuration")
        others = await from_address(limited, "192.0.2.8", "GET", "/login")

    assert first.status_code == 400
    assert token.status_code == page.status_code == 429
    assert token.json()["error"] == "temporarily_unavailable"
    assert token.headers["retry-after"] == page.headers["retry-after"] == "60"
    assert "请求过多" in page.text
    assert [keys.status_code, metadata.status_code, others.status_code] == [200, 200, 200]


async def test_whoever_guesses_has_to_wait(open_gateway: OpenGateway, gateway: Gateway) -> None:
    """Wrong secrets are counted, also across endpoints; mistakes that guess nothing are not, nor is this machine."""
    edge = gateway.settings.edge.model_copy(update={"trusted_proxies": ("127.0.0.0/8",)})
    wrong = {"grant_type": "client_credentials", "client_id": "c_0123456789abcdef", "client_secret": "guessed"}
    async with open_gateway(**limits(gateway, sign_on_failures_per_minute=2), edge=edge) as limited:
        harmless = [await from_address(limited, "192.0.2.7", path="/oauth/token", data={}) for _ in range(5)]
        guesses = [
            await from_address(limited, "192.0.2.7", path=path, data=wrong)
            for path in ("/oauth/token", "/oauth/device", "/oauth/token")
        ]
        pages = await from_address(limited, "192.0.2.7", "GET", "/login")
        here = [await limited.client.post("/oauth/token", data=wrong) for _ in range(5)]

    assert {answer.status_code for answer in harmless} == {400}
    assert [answer.status_code for answer in guesses] == [401, 401, 429]
    assert pages.status_code == 200
    assert {answer.status_code for answer in here} == {401}
    assert limited.parts.rates.limited == {("failure", "address"): 1}
