"""The contract as tests use it: its operations, and what it has against a value or an answer."""

from pathlib import Path
from typing import Any

import httpx
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import connectors.duty

CONTRACT = yaml.safe_load((Path(connectors.duty.__file__).parent / "contract/registry.yaml").read_text())
REGISTRY: Registry[Any] = Registry().with_resource(
    "urn:contract", Resource(contents=CONTRACT, specification=DRAFT202012)
)
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
}


def resolved(node: Any) -> Any:
    """The node itself, or what its ``$ref`` names."""
    if "$ref" not in node:
        return node
    found = CONTRACT
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def problems_of(schema: Any, value: Any) -> list[str]:
    """What the contract's schema has against the value."""
    absolute = {"$ref": f"urn:contract{schema['$ref']}"} if "$ref" in schema else schema
    return [error.message for error in Draft202012Validator(absolute, registry=REGISTRY).iter_errors(value)]


def claims(name: str, answer: httpx.Response) -> list[str]:
    """What the contract has against an answer of that operation: its status, media type and shape."""
    described = resolved(OPERATIONS[name][2]["responses"][str(answer.status_code)])
    kind = answer.headers["content-type"].partition(";")[0]
    if kind not in described["content"]:
        return [f"{kind} is not among {list(described['content'])}"]
    schema = described["content"][kind].get("schema")
    return problems_of(schema, answer.json()) if schema else []
