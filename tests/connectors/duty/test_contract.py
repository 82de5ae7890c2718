"""The contract is a valid description, the sandbox has what it names, and the client asks by it."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import httpx
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31

from connectors.records.identity import Identity
from connectors.records.page import PageArgs
from connectors.records.shift import Span
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.connectors.duty.contract import CONTRACT, OPERATIONS, problems_of, resolved

STUDIO, MEMBER = "S3310000001", "M33100000001"


def references_in(node: Any) -> Iterator[str]:
    """Every ``$ref`` below the node."""
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        yield from (found for value in node.values() for found in references_in(value))
    elif isinstance(node, list):
        yield from (found for value in node for found in references_in(value))


def test_contract_is_valid_openapi() -> None:
    """The document follows OpenAPI 3.1, its schemas JSON Schema, and no reference leads nowhere."""
    found = [error.message for error in Draft202012Validator(OPENAPI_31).iter_errors(CONTRACT)]

    assert found == []
    for schema in CONTRACT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references_in(CONTRACT):
        assert resolved({"$ref": reference})


def test_sandbox_serves_what_the_contract_names(sandbox: SandboxApp) -> None:
    """Both know the same operations under the same paths and methods."""
    served = {o.name: (*o.methods, o.path) for o in sandbox.operations if o.name != "unknown"}

    assert served == {name: (method, path) for name, (method, path, _) in OPERATIONS.items()}


async def test_the_client_asks_by_the_contract(duty: SimpleNamespace, world: World, ask: Ask) -> None:
    """Each request the sources send is one the contract describes, with nothing added or missing."""
    span = Span(start=world.today, end=world.today + timedelta(days=7))
    portrait = next(m.portrait_path for m in await duty.members.load_members([MEMBER], ask) if m.portrait_path)
    await duty.studios.load_studios([STUDIO], ask)
    [page] = await duty.members.list_studio_members([STUDIO], PageArgs(first=1, with_total=True), ask)
    await duty.members.list_studio_members([STUDIO], PageArgs(first=1, after=page.end), ask)
    await duty.lookup.find_members([Identity(platform="zheliban", subject="u", name="", id_number="1")], ask)
    await duty.committees.load_committees(["GO_zx331000"], ask)
    await duty.shifts.load_shifts(["D1"], ask)
    await duty.shifts.list_studio_shifts([STUDIO], span, ask)
    await duty.shifts.list_region_shifts(["331000"], span, ask)
    await duty.portraits.open_file(portrait, ask)

    seen = {asked(request) for request in duty.requests}

    assert seen == set(OPERATIONS)


def asked(request: httpx.Request) -> str:
    """The operation a request is; fails where the contract does not describe it."""
    name, operation = next(
        (name, operation)
        for name, (method, path, operation) in OPERATIONS.items()
        if method == request.method and path.replace("{id}", MEMBER) == request.url.path
    )
    described = {p["name"]: p for p in map(resolved, operation.get("parameters", [])) if p["in"] == "query"}
    sent = dict(request.url.params)
    assert set(sent) <= set(described)
    assert {n for n, p in described.items() if p.get("required")} <= set(sent)
    for parameter, text in sent.items():
        schema = described[parameter]["schema"]
        assert problems_of(schema, read_as(resolved(schema)["type"], text)) == []
    if request.headers.get("content-type") == "application/json":
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        assert problems_of(body, json.loads(request.content)) == []
    return name


def read_as(kind: str, text: str) -> Any:
    """A query value as its schema means it."""
    readers: dict[str, Callable[[str], Any]] = {
        "array": lambda t: t.split(","),
        "integer": int,
        "boolean": lambda t: {"true": True, "false": False}[t],
    }
    return readers.get(kind, str)(text)
