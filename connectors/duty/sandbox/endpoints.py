"""The contract's paths over the registry: one method an operation."""

import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connectors.duty.sandbox.asking import (
    cursor_of,
    first_asked,
    flag_asked,
    keys_asked,
    place_asked,
    regions_asked,
    span_asked,
)
from connectors.duty.sandbox.lookup import matches_for
from connectors.duty.sandbox.portraits import portrait
from connectors.duty.sandbox.problems import ProblemError, rejected
from connectors.duty.sandbox.registry import registry_of
from connectors.duty.sandbox.shifts import Roster
from connectors.duty.sandbox.tokens import LOOKUP, READ, Tokens
from connectors.duty.settings import DutySettings
from connectors.records.shift import Span
from connectors.sandbox.app import Handler, IssueTicket, Operation, SandboxApp, SandboxPerson
from connectors.sandbox.world import World

_MAX_SHIFTS = 500
Answering = Callable[[Request], Awaitable[Response]]


def build_sandbox(settings: DutySettings, world: World, *, clock: Callable[[], float] = time.monotonic) -> SandboxApp:
    """The platform with that world in it, open to the client of the settings."""
    tokens = Tokens(settings, clock)
    endpoints = _Endpoints(settings, world)

    def read(name: str, path: str, answering: Answering) -> Operation:
        return Operation(name, ("GET",), f"/api/v1{path}", _guarded(tokens, READ, answering))

    operations = (
        Operation("token", ("POST",), "/oauth/token", tokens.endpoint),
        read("studios", "/studios", endpoints.studios),
        read("studios.members", "/studios/members", endpoints.studio_members),
        read("members", "/members", endpoints.members),
        Operation(
            "members.lookup", ("POST",), "/api/v1/members/lookup", _guarded(tokens, LOOKUP, endpoints.members_lookup)
        ),
        read("organizations", "/organizations", endpoints.organizations),
        read("shifts", "/shifts", endpoints.shifts),
        read("studios.shifts", "/studios/shifts", endpoints.studio_shifts),
        read("regions.shifts", "/regions/shifts", endpoints.region_shifts),
        read("members.portrait", "/members/{id}/portrait", endpoints.member_portrait),
    )
    persons = _persons(world)
    return SandboxApp(operations, persons, _no_ticket_for({person.id for person in persons}))


def _guarded(tokens: Tokens, scope: str, answering: Answering) -> Handler:
    """Token first, then the rest; a problem becomes the answer."""

    async def handle(request: Request) -> Response:
        try:
            tokens.check(request, scope)
            return await answering(request)
        except ProblemError as problem:
            return problem.response()

    return handle


def _persons(world: World) -> list[SandboxPerson]:
    people = [member.person for member in world.members]
    return [SandboxPerson(p.id, p.name, p.roles, p.work.employee_code if p.work else None) for p in people]


def _no_ticket_for(people: Collection[str]) -> IssueTicket:
    """Nobody signs in to this platform by a ticket; who is not on it is unknown all the same."""

    def issue(person: str, form: str | None) -> str | None:
        if person not in people:
            return None
        raise ValueError(f"no ticket for {person}: this platform has no form {form or 'at all'}")

    return issue


class _Endpoints:
    """What each operation answers once the token is checked."""

    def __init__(self, settings: DutySettings, world: World) -> None:
        self._registry = registry_of(world, settings)

    async def studios(self, request: Request) -> Response:
        return _rows(self._registry.studios, keys_asked(request, "ids"))

    async def members(self, request: Request) -> Response:
        return _rows(self._registry.members, keys_asked(request, "ids"))

    async def organizations(self, request: Request) -> Response:
        return _rows(self._registry.organizations, keys_asked(request, "codes"))

    async def shifts(self, request: Request) -> Response:
        return _rows(self._registry.shifts, keys_asked(request, "ids"))

    async def studio_members(self, request: Request) -> Response:
        keys, first, after = keys_asked(request, "studioIds"), first_asked(request), place_asked(request)
        with_total = flag_asked(request, "withTotal")
        items = []
        for key in keys:
            members = self._registry.studio_members.get(key)
            if members is None:
                continue
            rest = [entry for entry in members if after is None or entry[0] > after]
            rows = [{"cursor": cursor_of(place), "member": row} for place, row in rest[:first]]
            item: dict[str, Any] = {"studioId": key, "rows": rows, "hasNext": len(rest) > first}
            items.append(item | {"total": len(members)} if with_total else item)
        return _answer({"items": items})

    async def members_lookup(self, request: Request) -> Response:
        registry = self._registry
        body = await request.body()
        return _answer({"matches": matches_for(body, registry.members_by_digest, registry.members_by_employee)})

    async def studio_shifts(self, request: Request) -> Response:
        keys, span = keys_asked(request, "studioIds"), span_asked(request)
        return _lists("studioId", self._registry.studio_shifts, keys, span)

    async def region_shifts(self, request: Request) -> Response:
        keys, span = regions_asked(request), span_asked(request)
        return _lists("regionCode", self._registry.region_shifts, keys, span)

    async def member_portrait(self, request: Request) -> Response:
        row = self._registry.members.get(request.path_params["id"])
        if row is None or not row["hasPortrait"]:
            raise ProblemError(HTTPStatus.NOT_FOUND, "NOT_FOUND", "no such picture")
        return Response(portrait(row["id"]), media_type="image/png")


def _rows(known: Mapping[str, Mapping[str, Any]], keys: list[str]) -> Response:
    return _answer({"items": [known[key] for key in keys if key in known]})


def _lists(owner: str, rosters: Mapping[str, Roster], keys: list[str], span: Span) -> Response:
    """One list of shifts per known owner; too many in total are refused, never cut off."""
    found = {key: rosters[key].touching(span) for key in keys if key in rosters}
    if sum(map(len, found.values())) > _MAX_SHIFTS:
        raise rejected("RANGE_TOO_WIDE", f"more than {_MAX_SHIFTS} shifts")
    return _answer({"items": [{owner: key, "shifts": [s.row for s in shifts]} for key, shifts in found.items()]})


def _answer(body: Mapping[str, Any]) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")
