"""The committed schema is the code's, in both languages, and nothing in it lacks a description."""

from pathlib import Path

import pytest
from graphql import build_schema, parse, print_schema, validate

from schema import build
from schema.languages import describe_in_chinese, sdl

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared/operations"


@pytest.mark.parametrize(("language", "name"), [("en", "schema.graphql"), ("zh", "schema.zh.graphql")])
def test_committed_schema_is_current(language: str, name: str) -> None:
    """``make schema`` leaves nothing to commit."""
    assert (ROOT / "schema" / name).read_text() == sdl(language)


def test_both_languages_describe_one_schema() -> None:
    """Without descriptions the two files are the same."""

    def bare(language: str) -> str:
        schema = build_schema(sdl(language))
        for graphql_type in schema.type_map.values():
            graphql_type.description = None
            for field in getattr(graphql_type, "fields", {}).values():
                field.description = None
                if field.deprecation_reason is not None:
                    field.deprecation_reason = "told in either language"
                for argument in getattr(field, "args", {}).values():
                    argument.description = None
            for choice in getattr(graphql_type, "values", {}).values():
                choice.description = None
        return print_schema(schema)

    assert bare("en") == bare("zh")


def test_everything_is_described_in_both_languages() -> None:
    """No type, field, input field, argument or value of an enum lacks either description."""
    english, chinese = build.build_schema(), describe_in_chinese(build.build_schema())
    standard = {"Int", "Float", "String", "Boolean", "ID"}

    lacking = []
    for name, graphql_type in english.type_map.items():
        if name.startswith("__") or name in standard:
            continue
        told = chinese.type_map[name]
        pairs = [(name, graphql_type, told)]
        for field_name, field in getattr(graphql_type, "fields", {}).items():
            pairs.append((f"{name}.{field_name}", field, told.fields[field_name]))
            for argument_name, argument in getattr(field, "args", {}).items():
                there = told.fields[field_name].args[argument_name]
                pairs.append((f"{name}.{field_name}({argument_name})", argument, there))
        for choice_name, choice in getattr(graphql_type, "values", {}).items():
            pairs.append((f"{name}.{choice_name}", choice, told.values[choice_name]))
        lacking += [place for place, en, zh in pairs if not en.description or en.description == zh.description]

    assert lacking == []


if SHARED.is_dir():  # the contract lies beside the checkout where it is shared

    def test_operations_are_the_contract() -> None:
        """The copies of the operations are what the front-end teams were promised."""
        ours, theirs = ROOT / "tests/operations", SHARED

        assert {p.name: p.read_text() for p in ours.iterdir()} == {p.name: p.read_text() for p in theirs.iterdir()}


@pytest.mark.parametrize("number", ["01", "02", "12", "23"])
def test_operation_validates(number: str) -> None:
    """The operations served by now are valid as written."""
    (path,) = (ROOT / "tests/operations").glob(f"{number}-*.graphql")

    assert validate(build.build_schema(), parse(path.read_text())) == []
