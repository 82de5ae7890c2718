"""An operation is compiled once for each set of flags, and so many are kept."""

from itertools import product

import pytest
from graphql import GraphQLError
from graphql.execution.values import VariableValues

from gateway.execution.collect import NotPlannedError
from gateway.execution.compiled import MOST_PLANS, NO_VARIABLES
from tests.gateway.execution.library.running import compiled


def flags(**values: bool | None) -> VariableValues:
    """Values of variables."""
    return VariableValues({}, values)


def test_equal_flags_have_one_plan() -> None:
    """Other variables make no other plan."""
    operation = compiled(
        "query ($f: Boolean!, $n: Int!) { me { name @include(if: $f) } shelf(first: $n) { totalCount } }"
    )

    one = operation.plan(VariableValues({}, {"f": True, "n": 1}))

    assert operation.plan(VariableValues({}, {"f": True, "n": 2})) is one
    assert operation.plan(VariableValues({}, {"f": False, "n": 1})) is not one


def test_so_many_plans_are_kept() -> None:
    """Each flag doubles how many there can be; the oldest goes first."""
    names = "abcde"
    asked = " ".join(f"{name}: name @skip(if: ${name})" for name in names)
    variables = ", ".join(f"${name}: Boolean!" for name in names)
    operation = compiled(f"query ({variables}) {{ me {{ born {asked} }} }}")
    all_flags = [flags(**dict(zip(names, values, strict=True))) for values in product((True, False), repeat=len(names))]

    plans = [operation.plan(each) for each in all_flags]

    assert len(operation._plans) == MOST_PLANS < len(plans)
    assert operation.plan(all_flags[-1]) is plans[-1]
    assert operation.plan(all_flags[0]) is not plans[0]


def test_a_flag_without_a_value_is_not_planned_each_time() -> None:
    """That it cannot be is remembered, and is told without a trace that would keep a run alive."""
    operation = compiled("query ($f: Boolean = true) { me { name @include(if: $f) } }")

    raised = []
    for _ in range(2):
        with pytest.raises(NotPlannedError, match="a condition without a value") as told:
            operation.plan(flags(f=None))
        raised.append(told.value)

    assert raised[0] is raised[1]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [({}, 1), ({"n": "many", "f": 5}, 2), ({"n": 2**31}, 1), ({"n": None}, 1), ({"n": 1, "f": True}, 0)],
)
def test_variables_that_do_not_fit_are_told_all_together(given: dict[str, object], wrong: int) -> None:
    """Never raised; what nobody declared is nobody's business."""
    told = compiled(
        "query ($n: Int!, $f: Boolean) { shelf(first: $n) { totalCount @include(if: $f) } }".replace(
            "Boolean)", "Boolean = true)"
        )
    ).variables({**given, "other": 1})

    if wrong:
        assert isinstance(told, list)
        assert [type(error) for error in told] == [GraphQLError] * wrong
    else:
        assert isinstance(told, VariableValues)
        assert told.coerced == given


def test_without_declared_variables_none_are_read() -> None:
    """Whatever came along."""
    assert compiled("{ me { name } }").variables({"a": 1}) is NO_VARIABLES
