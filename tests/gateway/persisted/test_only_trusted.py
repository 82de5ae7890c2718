"""Where nothing but trusted documents is run: over every way in, and what browsers are shown instead of the IDE."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.stack import Gateway, OpenGateway
from tests.wires import Events, events_of, listening, socket_to

TRUSTED = "query Trusted { __typename }"
LISTENS = "subscription Listens { connectorHealth { name } }"
OTHERS = "query Others { __typename }"


@pytest.fixture
def only_trusted(gateway: Gateway, tmp_path: Path) -> dict[str, Any]:
    """Settings that trust one document."""
    (tmp_path / "trusted").mkdir()
    (tmp_path / "trusted/app.json").write_text(json.dumps({"trusted-1": TRUSTED}))
    changes = {"only_trusted": True, "folder": tmp_path / "trusted"}
    return {"documents": gateway.settings.documents.model_copy(update=changes)}


async def codes_of(events: Events) -> list[str]:
    """The codes of a refusal."""
    refused = json.loads(await events.response.aread())
    return [error["extensions"]["code"] for error in refused["errors"]]


async def test_a_websocket_is_no_way_around(open_gateway: OpenGateway, only_trusted: dict[str, Any]) -> None:
    """Texts nobody registered are refused for queries and subscriptions alike; an id and its very text run."""
    told = []
    async with open_gateway(**only_trusted) as strict, listening(strict) as port, socket_to(port) as socket:
        await socket.ready()
        for number, query in enumerate((OTHERS, LISTENS, TRUSTED)):
            await socket.subscribe(str(number), query)
            told.append(await socket.hear())
        await socket.hear()
        await socket.say("subscribe", "by id", payload={"documentId": "trusted-1"})
        by_id = await socket.hear()

    assert [one["type"] for one in (*told, by_id)] == ["error", "error", "next", "next"]
    assert [one["payload"][0]["extensions"]["code"] for one in told[:2]] == ["DOCUMENT_NOT_TRUSTED"] * 2


async def test_an_event_stream_is_no_way_around(open_gateway: OpenGateway, only_trusted: dict[str, Any]) -> None:
    """By POST; what is trusted is answered."""
    async with open_gateway(**only_trusted) as strict, listening(strict) as port:
        async with events_of(port, OTHERS, {}) as query, events_of(port, LISTENS, {}) as subscription:
            refused = [await codes_of(query), await codes_of(subscription)]
        async with events_of(port, TRUSTED, {}) as trusted:
            first = await trusted.next()

    assert refused == [["DOCUMENT_NOT_TRUSTED"]] * 2
    assert json.loads(first["data"]) == {"data": {"__typename": "Query"}}


async def test_introspection_is_a_document_like_any_other(
    open_gateway: OpenGateway, only_trusted: dict[str, Any]
) -> None:
    """By GET and POST."""
    asked = {"query": "{ __schema { queryType { name } } }"}
    async with open_gateway(**only_trusted) as strict:
        answers = [await strict.client.get("/graphql", params=asked), await strict.client.post("/graphql", json=asked)]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize(("language", "words"), [("en", "by their id"), ("zh", "事先登记")])
async def test_a_browser_is_shown_no_ide(
    open_gateway: OpenGateway, only_trusted: dict[str, Any], language: str, words: str
) -> None:
    """It could run nothing; nor is there a query to click on, or a client for it."""
    async with open_gateway(**only_trusted) as strict:
        page = await strict.client.get("/graphql", headers={"Accept": "text/html", "Accept-Language": language})

    assert page.status_code == 200
    assert words in page.text
    assert "<a " not in page.text
    assert "<script" not in page.text
