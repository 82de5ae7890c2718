"""Callers are told that their operation uses what goes away."""

from datetime import date
from typing import Any

import pytest

from connectors.viewer import ANYONE, Viewer
from gateway.execution.operation import Caller, GraphQLRequest, Outcome
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.settings import EdgeSettings
from schema.deprecated import Deprecated

FAX = ("Studio.fax", Deprecated(date(2026, 3, 1), date(2027, 3, 1), zh="请用 phone", en="Use phone"))
PAGER = ("Studio.pager", Deprecated(date(2026, 6, 1), date(2026, 12, 31), zh="请用 phone", en="Use phone"))


async def answer_of(client_of: Any, *deprecated: tuple[str, Deprecated], language: str = "en") -> Any:
    """The answer to an operation that uses these."""

    async def execute(_request: GraphQLRequest, _caller: Caller) -> Outcome:
        return Outcome(executed=True, data={}, deprecated=deprecated)

    async def nobody(_: str) -> Viewer:
        return ANYONE

    async with client_of(GraphQLEndpoint(execute, nobody, EdgeSettings())) as client:
        return await client.post("/graphql", json={"query": "{ hello }"}, headers={"accept-language": language})


async def test_the_headers_name_the_first_day_and_the_first_end(client_of: Any) -> None:
    """Days begin and end in China: what goes after 31 December is gone on 1 January, 00:00 there."""
    answer = await answer_of(client_of, FAX, PAGER)

    assert answer.headers["deprecation"] == "@1772294400"
    assert answer.headers["sunset"] == "Thu, 31 Dec 2026 16:00:00 GMT"


@pytest.mark.parametrize(("language", "reason"), [("en", "Use phone"), ("zh", "请用 phone")])
async def test_the_extension_names_each(client_of: Any, language: str, reason: str) -> None:
    """With its days, and what to use instead in the caller's language."""
    answer = await answer_of(client_of, FAX, language=language)

    assert answer.json()["extensions"] == {
        "deprecations": [
            {"coordinate": "Studio.fax", "reason": reason, "deprecated": "2026-03-01", "sunset": "2027-03-01"}
        ]
    }


async def test_where_nothing_goes_away_nothing_is_told(client_of: Any) -> None:
    """Neither headers nor extensions."""
    answer = await answer_of(client_of)

    assert not {"deprecation", "sunset"} & set(answer.headers)
    assert answer.json() == {"data": {}}
