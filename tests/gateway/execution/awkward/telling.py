"""Ways to tell an object's type: at once or later, by name, and wrongly at times."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLResolveInfo

from tests.gateway.execution.awkward.things import Later, Raised, Thing, boom, reached

Test = Callable[[Any, GraphQLResolveInfo[Any]], Any]


def told_kind(value: Any, _info: GraphQLResolveInfo[Any], _abstract: Any) -> Any:
    """The name, as ``resolve_type`` answers it."""
    if not isinstance(value, Thing):
        return None
    dice = value.world.dice(f"{value.key}#")
    name: Any = value.kind
    if dice.random() < value.world.trouble / 4:
        name = dice.choice((None, "Nope", "Query", "Color", 7, "", Raised(boom(dice, value.key)), ["Dog"]))
    return Later(name, dice.randrange(3)) if dice.random() < value.world.lateness else reached(name)


def ghost_or_robot(value: Any, _info: GraphQLResolveInfo[Any], _abstract: Any) -> str:
    """Never looks at more than it needs. Raises ``AttributeError`` for what is no being."""
    return "Ghost" if value.kind == "Ghost" else "Robot"


def is_kind(name: str) -> Test:
    """A test that answers at once; raises at times."""

    def test(value: Any, _info: GraphQLResolveInfo[Any]) -> bool:
        if isinstance(value, Thing) and value.world.dice(f"{value.key}?{name}").random() < value.world.trouble / 8:
            raise ValueError(f"cannot tell whether {value!r} is a {name}")
        return isinstance(value, Thing) and value.kind == name

    return test


def later_kind(name: str) -> Test:
    """A test that is awaited where anything is."""
    at_once = is_kind(name)

    def test(value: Any, info: GraphQLResolveInfo[Any]) -> Any:
        if not isinstance(value, Thing) or not value.world.lateness:
            return at_once(value, info)
        try:
            return Later(at_once(value, info), 1)
        except ValueError as error:
            return Later(Raised(error), 1)

    return test
