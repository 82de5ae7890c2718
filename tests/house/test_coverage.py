"""What ``docs/coverage.md`` names is there: fields in the schema, operations and tests in their files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, get_named_type

from schema.build import shared_schema

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/coverage.md"
SCHEMA = shared_schema()
PLANNED = "planned:"
REPORTS = ("000", "001", "002", "003", "004")
PAGES = {
    path
    for folder in ("auth", "gateway")
    for module in (ROOT / folder).rglob("*.py")
    for path in re.findall(r'Route\("(/[^"]*)"', module.read_text())
}
_TOKEN = re.compile(r"`([^`]+)`")
_FIELD = re.compile(r"(?:(?P<kind>[A-Z]\w*)\.)?(?P<name>_?[a-z]\w*)(?:\((?P<arguments>.*)\))?")
_ARGUMENT = re.compile(r"(\w+)(?:: \{([^}]*)\})?")


@dataclass(frozen=True)
class CoverageRow:
    """A function, what serves it, and what shows that."""

    section: str
    function: str
    served: str
    shown: str


def rows() -> Iterator[CoverageRow]:
    """Every row of every table, under the heading it stands below."""
    section = ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and not line.startswith(("| function", "| ---")):
            assert len(cells) == 3, line
            yield CoverageRow(section, *cells)


ROWS = list(rows())


def wrong_in(token: str) -> str | None:
    """What is wrong with a name: of an operation's file, of a page, or of a field."""
    if token.startswith("tests/operations/"):
        return None if (ROOT / token).is_file() else f"{token} is no file"
    if token.startswith("/"):
        return None if token in PAGES else f"{token} is no page"
    return wrong_in_field(token)


def wrong_in_field(token: str) -> str | None:
    """What it names that is not in the schema; ``Type.field(argument: {field})`` or a root field."""
    found = _FIELD.fullmatch(token)
    if found is None:
        return f"{token} is no field"
    kind = SCHEMA.type_map.get(found["kind"] or "Query")
    fields = kind.fields if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}
    if found["name"] not in fields:
        return f"{token} is not in the schema"
    arguments = fields[found["name"]].args
    for name, inner in _ARGUMENT.findall(found["arguments"] or ""):
        if name not in arguments:
            return f"{token}: there is no argument {name}"
        taken = get_named_type(arguments[name].type)
        inputs = taken.fields if isinstance(taken, GraphQLInputObjectType) else {}
        if lacking := {field.strip() for field in inner.split(",") if field.strip()} - inputs.keys():
            return f"{token}: {name} has no {', '.join(sorted(lacking))}"
    return None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.function[:40])
def test_what_serves_a_function_is_there(row: CoverageRow) -> None:
    """A function names fields that the schema has; one that is planned, the operation that will serve it."""
    tokens = _TOKEN.findall(row.served)

    wrong = [wrong for token in tokens if (wrong := wrong_in(token)) is not None]

    assert tokens
    assert wrong == []
    assert row.served.startswith(PLANNED) == all(token.startswith("tests/") for token in tokens)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.function[:40])
def test_what_shows_a_function_is_there(row: CoverageRow) -> None:
    """A function names tests that exist: a file, or a function in one; one that is planned has none yet."""
    tests = _TOKEN.findall(row.shown)

    for test in tests:
        path, _, function = test.partition("::")
        assert (ROOT / path).exists(), test
        assert not function or re.search(rf"^(async )?def {function}\(", (ROOT / path).read_text(), re.MULTILINE), test
    assert bool(tests) != row.served.startswith(PLANNED)


def test_every_report_is_covered() -> None:
    """Each of the five reports has its functions, and so has what they come to together."""
    sections = {row.section for row in ROWS}

    assert {name for name in REPORTS if any(name in section for section in sections)} == set(REPORTS)
    assert len(sections) == len(REPORTS) + 1
