"""Every code that can be raised has words, and ``docs/errors.md`` tells them all."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import errors, rejections
from connectors.errors import PlatformError
from gateway.errors.page import errors_page
from gateway.errors.registry import REGISTRY

ROOT = Path(__file__).parents[2]
REFUSALS = {"RefusedError", "RequestRefusedError", "InputError"}
EXCEPTIONS = {
    thing
    for module in (errors, rejections)
    for thing in vars(module).values()
    if isinstance(thing, type) and issubclass(thing, PlatformError)
}


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Where a refusal is made with a code written out: place, code and the facts given."""
    for path in sorted(
        file for package in ("gateway", "schema", "auth", "connectors") for file in (ROOT / package).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            if isinstance(node.func, ast.Name) and node.func.id in REFUSALS and isinstance(node.args[0], ast.Constant):
                yield place, node.args[0].value, {keyword.arg or "" for keyword in node.keywords}
            for keyword in node.keywords:
                if keyword.arg == "extensions" and isinstance(keyword.value, ast.Dict):
                    pairs = zip(keyword.value.keys, keyword.value.values, strict=True)
                    given = {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}
                    if isinstance(given.get("code"), ast.Constant):
                        yield place, given["code"].value, set(given) - {"code"} | {"reason"}


def test_the_page_is_current() -> None:
    """``docs/errors.md`` is what the registry prints (``python -m gateway.errors.page > docs/errors.md``)."""
    assert (ROOT / "docs/errors.md").read_text() == errors_page()


def test_every_refusal_has_words_and_gives_their_facts() -> None:
    """A code without words would reach callers as an internal error, a fact left out as a question mark."""
    found = list(raised())

    assert len(found) > 20
    for place, code, facts in found:
        assert code in REGISTRY, f"{place} refuses with {code}, which has no words in gateway/errors"
        assert REGISTRY[code].places <= facts | {"reason"}, f"{place} gives {code} no {REGISTRY[code].places - facts}"


@pytest.mark.parametrize("kind", sorted(EXCEPTIONS, key=str), ids=lambda kind: kind.__name__)
def test_every_platform_error_has_words(kind: type[PlatformError]) -> None:
    """The tree and the registry agree on codes and on whether asking again helps."""
    assert REGISTRY[kind.code].retryable is kind.retryable
    assert REGISTRY[kind.code].places <= {"platform"} | set(kind.facts) | ({"allowed"} & set(vars(kind)))
