"""Mutations whose order can be looked at afterwards."""

from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLField,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
)

from tests.gateway.execution.awkward.things import Later, Raised, Thing, reached

ARGUMENTS = {
    "number": GraphQLArgument(GraphQLNonNull(GraphQLInt)),
    "turns": GraphQLArgument(GraphQLInt, default_value=0),
    "fails": GraphQLArgument(GraphQLBoolean, default_value=False),
}


def _move(thing: Thing, info: GraphQLResolveInfo[Any], *, number: int, turns: int | None, fails: bool | None) -> Any:
    """Write down that it began and, now or later, that it ended."""
    log = thing.world.log
    log.append(f"{info.field_name} {number} begins")
    result = Raised(ValueError(f"{number} failed")) if fails else Thing(thing.world, "Moved", f"moved{number}")

    async def moving() -> Any:
        found = await Later(result, turns or 0)
        log.append(f"{info.field_name} {number} ends")
        return found

    return moving() if turns and turns > 0 else reached(result)


def _counted(thing: Thing, info: GraphQLResolveInfo[Any]) -> int:
    """Belongs to the move before it, not to the one behind."""
    thing.world.log.append(f"{thing!r} {info.field_name}")
    return len(thing.world.log)


def move_fields(leaves: GraphQLObjectType) -> dict[str, GraphQLField]:
    """The mutation's fields: one that may be null, one that must not."""
    moved = GraphQLObjectType(
        "Moved",
        {
            "count": GraphQLField(GraphQLNonNull(GraphQLInt), resolve=_counted),
            "leaves": GraphQLField(leaves, resolve=lambda thing, _: Thing(thing.world, "Leaves", thing.key)),
            "never": GraphQLField(GraphQLNonNull(GraphQLInt), resolve=lambda _, __: None),
        },
    )
    return {
        "move": GraphQLField(moved, ARGUMENTS, resolve=_move),
        "mustMove": GraphQLField(GraphQLNonNull(moved), ARGUMENTS, resolve=_move),
    }
