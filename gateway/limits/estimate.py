"""What the answer to an operation can come to, before it runs: points, and values.

Compiled once for an operation that is valid, then told for each request's variables:

    estimate = estimated(schema, document, operation)      # with the plan, and kept with it
    refusal = check_cost(estimate, variables, limits, operation)  # cost.py: an error, or None: it may run
    Outcome(..., cost=Cost(estimated=estimate.points(variables), actual=...))

``variables`` are those of the request as they came, before or after coercion, or ``{}``. ``weights.py`` says how the
actual cost is reckoned.

A graph has cycles: a studio's questions, their studio, its questions. Pages of 100, four levels of them, are a short
text and an answer of a hundred million values, which the deadline cannot stop, since building it never waits. Points
say what a caller uses up (reads and objects), values how large the answer is.

Reckoned high: what ``@skip`` and ``@include`` leave out, both of two equal fields, and what stands on different types
of one interface all count.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from gateway.limits.reckoning import Reckoning, Sum
from gateway.limits.rows import Slice

HIGHEST = 10**9
"""No figure is told above this one; fragments in fragments can mean numbers of hundreds of digits."""


class Estimate:
    """Lives as long as the plan it belongs to."""

    __slots__ = ("_fixed", "_slices", "_sums")

    def __init__(self, slices: Sequence[Slice], sums: Sequence[Sum]) -> None:
        self._slices = tuple(slices)
        self._sums = tuple((each.points, each.values, tuple(each.terms)) for each in sums)
        self._fixed = None if slices else self._told({})

    def points(self, variables: Mapping[str, Any] | None = None) -> int:
        """What it costs at most, in points."""
        return (self._fixed or self._told(variables or {}))[0]

    def values(self, variables: Mapping[str, Any] | None = None) -> int:
        """How many values and objects the answer holds at most."""
        return (self._fixed or self._told(variables or {}))[1]

    def both(self, variables: Mapping[str, Any] | None = None) -> tuple[int, int]:
        """Points and values in one go."""
        return self._fixed or self._told(variables or {})

    def _told(self, variables: Mapping[str, Any]) -> tuple[int, int]:
        rows = [1, *(each.rows(variables) for each in self._slices)]
        told: list[tuple[int, int]] = []
        points = values = 0
        for points, values, terms in self._sums:  # the last is the operation's
            for times, by, at in terms:
                factor = times * rows[by]
                more = told[at]
                points += factor * more[0]  # noqa: PLW2901 - a sum begins with what is known
                values += factor * more[1]  # noqa: PLW2901 - as above
            told.append((points, values))
        return min(points, HIGHEST), min(values, HIGHEST)


def estimated(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Estimate:
    """Compile the estimate of a valid operation, in time linear in the document."""
    reckoning = Reckoning(schema, document, operation)
    plain, paged = reckoning.selected(schema.get_root_type(operation.operation), operation.selection_set)
    plain.add(paged, reckoning.placed(paged))
    reckoning.sums.append(plain)
    return Estimate(reckoning.slices, reckoning.sums)
