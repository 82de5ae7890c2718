"""The stack most Python teams would write: Strawberry types with resolvers, Strawberry's DataLoader, httpx.

It answers operations 01, 02, 03 and 16 over the same sandbox as the gateway, with the platforms' signing. It does less:
no token is verified (``NAIVE_PEOPLE`` says who each token's person is), no scope or ownership is checked, nothing is
limited, logged, counted, cached or retried, and a platform's failure empties whatever hangs on it.
"""

import json
import os
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from benchmarks.naive.calls import Calls
from benchmarks.naive.loaders import Loaders, Person
from benchmarks.naive.people import Organization
from benchmarks.naive.studios import Studio, StudioFilter
from benchmarks.naive.viewer import Viewer
from benchmarks.naive.words import Connection, Info, StudioOrder, key_of, loaders, page_of


@strawberry.type
class Query:
    """Root fields."""

    @strawberry.field
    async def studios(
        self,
        info: Info,
        first: int,
        order_by: StudioOrder,
        filter: StudioFilter | None = None,  # noqa: A002 - the argument's name
        after: str | None = None,
    ) -> Connection[Studio]:
        """The directory of studios."""
        chosen = {
            "first": str(first),
            "orderBy": order_by.value,
            "withTotal": "true",
            "after": after,
            "category": filter and filter.category and filter.category.value,
            "regionCode": filter and filter.region_code,
        }
        data = await loaders(info).calls.citizen("/studios", {name: value for name, value in chosen.items() if value})
        rows = [(row["cursor"], Studio(key=row["id"], row=row)) for row in data["rows"]]
        return page_of(rows, more=data["hasNext"], total=data["total"])

    @strawberry.field
    async def studio(self, info: Info, id: strawberry.ID) -> Studio | None:  # noqa: A002 - the argument's name
        """One studio."""
        row = await loaders(info).studio.load(key_of(id))
        return None if row is None else Studio(key=row["id"], row=row)

    @strawberry.field
    async def organization(self, info: Info, id: strawberry.ID) -> Organization | None:  # noqa: A002 - the argument's name
        """One organisation."""
        row = await loaders(info).unit.load(key_of(id))
        return None if row is None else Organization(key=key_of(id), row={"name": row["organizationName"]})

    @strawberry.field
    def viewer(self, info: Info) -> Viewer | None:
        """Who asks."""
        told = loaders(info).person.viewer
        return Viewer(row=told) if told else None


class Naive(GraphQL[dict[str, Any], None]):
    """Strawberry's own view, with fresh loaders for each request."""

    people: dict[str, Any]
    calls: Calls

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> dict[str, Any]:
        """What resolvers find at hand."""
        told = self.people.get(request.headers.get("authorization", "").removeprefix("Bearer "), {"viewer": {}})
        return {"loaders": Loaders(self.calls, Person(**told)), "request": request, "response": response}


def create_app() -> Starlette:
    """Put it together."""
    view = Naive(strawberry.Schema(query=Query), graphql_ide=None)
    view.people, view.calls = json.loads(os.environ.get("NAIVE_PEOPLE", "{}")), Calls()
    return Starlette(routes=[Route("/graphql", view, methods=["POST"])])
