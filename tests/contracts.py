"""A platform's own contracts (OpenAPI 3.1, a file a subject) as tests use them.

Their operations, and what they have against a request or an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_BASE = "https://contract.invalid/"


@dataclass(frozen=True)
class ContractOperation:
    """One operation; ``file`` is where it is described."""

    name: str
    method: str
    path: str
    file: str
    described: Mapping[str, Any]


@cache
def contract_of(folder: Path) -> "Contract":
    """The folder's contract, read once a run: the files are long."""
    return Contract(folder)


class Contract:
    """All files of one folder; a reference may point into another file (``registry.yaml#/components/…``)."""

    def __init__(self, folder: Path) -> None:
        self.files = {
            path.name: yaml.load(path.read_text(), yaml.CSafeLoader) for path in sorted(folder.glob("*.yaml"))
        }
        resources = ((_BASE + n, Resource(contents=c, specification=DRAFT202012)) for n, c in self.files.items())
        self._registry: Registry[Any] = Registry().with_resources(resources)
        self.operations = {
            described["operationId"]: ContractOperation(described["operationId"], method.upper(), path, name, described)
            for name, content in self.files.items()
            for path, methods in content["paths"].items()
            for method, described in methods.items()
            if method in {"get", "post", "put", "patch", "delete"}
        }

    def resolved(self, node: Any, file: str) -> tuple[Any, str]:
        """The node itself, or what its ``$ref`` names; and the file it stands in."""
        while "$ref" in node:
            where, _, pointer = node["$ref"].partition("#/")
            file = where.removeprefix("./") or file
            node = self.files[file]
            for part in pointer.split("/"):
                node = node[part.replace("~1", "/").replace("~0", "~")]
        return node, file

    def parameters(self, name: str) -> dict[str, Mapping[str, Any]]:
        """An operation's parameters by name."""
        operation = self.operations[name]
        found = (self.resolved(each, operation.file)[0] for each in operation.described.get("parameters", ()))
        return {each["name"]: each for each in found}

    def problems(self, schema: Any, value: Any, file: str) -> list[str]:
        """What a schema of that file has against the value."""
        validator = Draft202012Validator(_absolute(schema, file), registry=self._registry)
        return [error.message for error in validator.iter_errors(value)]

    def against_body(self, name: str, value: Any) -> list[str]:
        """What the contract has against a JSON body sent to that operation."""
        operation = self.operations[name]
        body, file = self.resolved(operation.described["requestBody"], operation.file)
        return self.problems(body["content"]["application/json"]["schema"], value, file)

    def against(self, name: str, answer: httpx.Response) -> list[str]:
        """What the contract has against an answer of that operation: its status, media type and shape."""
        operation = self.operations[name]
        if str(answer.status_code) not in operation.described["responses"]:
            return [f"{answer.status_code} is not among {list(operation.described['responses'])}"]
        described, file = self.resolved(operation.described["responses"][str(answer.status_code)], operation.file)
        kind = answer.headers["content-type"].partition(";")[0]
        if kind not in described["content"]:
            return [f"{kind} is not among {list(described['content'])}"]
        schema = described["content"][kind].get("schema")
        return self.problems(schema, answer.json(), file) if schema else []


def _absolute(schema: Any, file: str) -> Any:
    """The schema with its references made absolute, to be used apart from its file."""
    if isinstance(schema, list):
        return [_absolute(each, file) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: (f"{_BASE}{urljoin(file, held)}" if key == "$ref" else _absolute(held, file))
        for key, held in schema.items()
    }
