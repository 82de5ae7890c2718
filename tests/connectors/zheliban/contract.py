"""The studio service's contract as tests use it: its operations, and what it has against a request or an answer."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import connectors.zheliban

CONTRACT = yaml.safe_load((Path(connectors.zheliban.__file__).parent / "contract/studio.yaml").read_text())
REGISTRY: Registry[Any] = Registry().with_resource(
    "urn:contract", Resource(contents=CONTRACT, specification=DRAFT202012)
)
OPERATIONS = {methods["get"]["operationId"]: (path, methods["get"]) for path, methods in CONTRACT["paths"].items()}


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
    absolute = _absolute(schema)
    return [error.message for error in Draft202012Validator(absolute, registry=REGISTRY).iter_errors(value)]


def answer_problems(operation: str, answer: httpx.Response) -> list[str]:
    """What the contract has against an answer of that operation."""
    described = resolved(OPERATIONS[operation][1]["responses"][str(answer.status_code)])
    return problems_of(described["content"]["application/json"]["schema"], answer.json())


def request_problems(operation: str, request: httpx.Request) -> list[str]:
    """What the contract has against the path and the parameters of a request."""
    path, described = OPERATIONS[operation]
    parameters = {each["name"]: each for each in map(resolved, described["parameters"])}
    sent = dict(parse_qsl(request.url.query.decode()))
    problems = [] if request.url.path.endswith(path) else [f"{request.url.path} is not {path}"]
    problems += [f"{name} is missing" for name, each in parameters.items() if each.get("required") and name not in sent]
    for name, text in sent.items():
        if name not in parameters:
            problems.append(f"{name} is unknown")
        else:
            schema = resolved(parameters[name]["schema"])
            problems += problems_of(schema, _value(text, schema.get("type")))
    return problems


def _value(text: str, kind: str | None) -> Any:
    readers: dict[str | None, Any] = {"integer": int, "boolean": {"true": True, "false": False}.__getitem__}
    return text.split(",") if kind == "array" else readers.get(kind, str)(text)


def _absolute(node: Any) -> Any:
    """The schema with every ``$ref`` pointing into the whole contract."""
    if isinstance(node, dict):
        return {
            key: f"urn:contract{value}" if key == "$ref" and value.startswith("#") else _absolute(value)
            for key, value in node.items()
        }
    return [_absolute(each) for each in node] if isinstance(node, list) else node
