"""What a selection asks of a type is known before anything runs."""

import pytest
from graphql import FragmentDefinitionNode, GraphQLObjectType, OperationDefinitionNode, build_schema, parse

from gateway.execution.collect import Collector, NotPlannedError, deciding_variables

SCHEMA = build_schema(
    """
    interface Named { name: String }
    interface Walking implements Named { name: String, legs: Int }
    type Dog implements Named & Walking { name: String, legs: Int, barks: Boolean }
    type Fish implements Named { name: String, deep: Int }
    union Pet = Dog | Fish
    type Query { pet: Pet }
    """
)


def read(text: str) -> tuple[OperationDefinitionNode, dict[str, FragmentDefinitionNode]]:
    """The operation and the fragments of a text."""
    operation, *fragments = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    named = {node.name.value: node for node in fragments if isinstance(node, FragmentDefinitionNode)}
    return operation, named


def asked(text: str, kind: str = "Dog", **flags: bool) -> dict[str, list[str]]:
    """Response keys with the names of the fields behind them."""
    operation, fragments = read(text)
    parent = SCHEMA.get_type(kind)
    assert isinstance(parent, GraphQLObjectType)
    collected = Collector(SCHEMA, fragments, flags).collect(parent, [operation.selection_set])
    return {key: [node.name.value for node in nodes] for key, nodes in collected.items()}


def test_fragments_on_interfaces_and_unions_apply_to_what_is_of_them() -> None:
    """A condition holds for the type itself, for its interfaces and for the unions it is in; for no other."""
    text = "{ ...on Named { name } ...on Walking { legs } ...on Pet { pet: __typename } ...on Fish { deep } ... { a } }"

    assert list(asked(text, "Dog")) == ["name", "legs", "pet", "a"]
    assert list(asked(text, "Fish")) == ["name", "pet", "deep", "a"]


def test_equal_keys_are_one_where_the_first_stood() -> None:
    """A key that is asked for again keeps its place, and every node is kept: their selections are merged below."""
    assert asked("{ legs name ...on Named { name } again: legs legs }") == {
        "legs": ["legs", "legs"],
        "name": ["name", "name"],
        "again": ["legs"],
    }


def test_each_fragment_is_spread_once() -> None:
    """A fragment that is spread again, by itself too, brings nothing twice and no endless loop."""
    text = "{ ...A ...B } fragment A on Dog { name ...B } fragment B on Dog { legs ...A }"

    assert asked(text) == {"name": ["name"], "legs": ["legs"]}


@pytest.mark.parametrize(
    ("directive", "flag", "there"),
    [
        ("@include(if: $f)", True, True),
        ("@include(if: $f)", False, False),
        ("@skip(if: $f)", True, False),
        ("@skip(if: $f)", False, True),
        ("@include(if: $f) @skip(if: $f)", True, False),
        ("@include(if: true)", False, True),
        ("@skip(if: true)", False, False),
    ],
)
def test_flags_decide_what_is_there(*, directive: str, flag: bool, there: bool) -> None:
    """``@skip`` and ``@include`` are decided by the flag's value, on fields and on both kinds of fragments."""
    for selection in (f"legs {directive}", f"... {directive} {{ legs }}", f"...F {directive}"):
        found = asked(f"{{ name {selection} }} fragment F on Dog {{ legs }}", f=flag)

        assert ("legs" in found) is there


def test_a_fragment_left_out_once_may_come_later() -> None:
    """Only a spread that is included counts as the fragment's one."""
    assert list(asked("{ ...F @skip(if: true) name ...F } fragment F on Dog { legs }")) == ["name", "legs"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{ ... @defer { name } }", "incremental delivery"),
        ("{ name @stream }", "incremental delivery"),
        ("{ name @include(if: $unknown) }", "a condition without a value"),
        ("{ name @skip }", "a condition without a value"),
    ],
)
def test_what_no_plan_can_do_is_refused_with_its_reason(text: str, reason: str) -> None:
    """The reason is always in the same words: they are counted."""
    with pytest.raises(NotPlannedError) as refused:
        asked(text)

    assert str(refused.value) == reason


def test_the_variables_that_decide_are_found_everywhere() -> None:
    """In fields, in both kinds of fragments and in fragments' definitions, each once; others do not count."""
    operation, fragments = read(
        """query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!) {
            pet { ... @include(if: $a) { x: name @skip(if: $b) } ...F @include(if: $a) y(d: $d) }
        } fragment F on Dog { name @include(if: $c) }"""
    )

    assert set(deciding_variables(operation, fragments.values())) == {"a", "b", "c"}
