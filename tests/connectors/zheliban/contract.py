"""The contracts of our services behind IRS as tests use them: what they have against a request or an answer."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx

import connectors.zheliban
from connectors.zheliban.settings import ZhelibanSettings
from tests.contracts import contract_of

CONTRACT = contract_of(Path(connectors.zheliban.__file__).parent / "contract")
OPERATIONS = CONTRACT.operations
_COMPONENTS = {
    "studio.yaml": "studio",
    "studio-writes.yaml": "studio",
    "workorders.yaml": "workorder",
    "knowledge.yaml": "knowledge",
    "notices.yaml": "notice",
    "voices.yaml": "voice",
}


def path_of(operation: str, settings: ZhelibanSettings) -> str:
    """Where an operation is, below the component that serves it."""
    described = OPERATIONS[operation]
    return settings.component_path(getattr(settings.irs.components, _COMPONENTS[described.file])) + described.path


def answer_problems(operation: str, answer: httpx.Response) -> list[str]:
    """What the contract has against an answer of that operation."""
    return CONTRACT.against(operation, answer)


def request_problems(operation: str, request: httpx.Request, settings: ZhelibanSettings) -> list[str]:
    """What the contract has against the path, the parameters and the body of a request."""
    parameters = CONTRACT.parameters(operation)
    sent = dict(parse_qsl(request.url.query.decode()))
    place = (request.method, request.url.path)
    problems = (
        [] if place == (OPERATIONS[operation].method, path_of(operation, settings)) else [f"{place} is elsewhere"]
    )
    problems += [f"{name} is missing" for name, each in parameters.items() if each.get("required") and name not in sent]
    for name, text in sent.items():
        problems += parameter_problems(operation, name, text)
    body = OPERATIONS[operation].described.get("requestBody")
    if body and "application/json" in body["content"]:
        problems += CONTRACT.against_body(operation, json.loads(request.content))
    return problems


def parameter_problems(operation: str, name: str, text: str) -> list[str]:
    """What the contract has against the value of a parameter."""
    described = CONTRACT.parameters(operation)
    if name not in described:
        return [f"{name} is unknown"]
    references = OPERATIONS[operation].described.get("parameters", ())
    found = (CONTRACT.resolved(reference, OPERATIONS[operation].file) for reference in references)
    file = next(where for node, where in found if node["name"] == name)
    schema, file = CONTRACT.resolved(described[name]["schema"], file)
    return CONTRACT.problems(schema, _value(text, schema.get("type")), file)


def _value(text: str, kind: str | None) -> Any:
    readers: dict[str | None, Any] = {"integer": int, "boolean": {"true": True, "false": False}.__getitem__}
    return text.split(",") if kind == "array" else readers.get(kind, str)(text)
