"""Which fields of an answer an ill platform spoiled, by the type they are asked of."""

from graphql import FragmentDefinitionNode, GraphQLError, OperationDefinitionNode, build_schema, parse

from connectors.errors import NotAllowedError, NotConfiguredError, TooSlowError
from connectors.provenance import CacheState, Provenance
from gateway.execution.operation import ReadAt, Spoiled
from gateway.execution.spoiling import spoiled_in

SCHEMA = build_schema(
    """
    type Query { node: Node studios: [Studio] }
    interface Node { id: ID }
    type Studio implements Node { id: ID members: [Member] }
    type Member implements Node { id: ID name: String }
    """
)
TEXT = """
    { here: node { id ...Parts } studios { ...Parts } }
    fragment Parts on Studio { people: members { called: name } ... on Studio { people: members { id } } }
"""


def spoiled(errors: list[GraphQLError], reads: tuple[ReadAt, ...] = ()) -> set[Spoiled]:
    """Look at an answer to the text above."""
    document = parse(TEXT)
    operation = next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    return set(spoiled_in(SCHEMA, operation, fragments, errors, reads))


def failed(error: Exception, *path: str | int) -> GraphQLError:
    """An error at a place."""
    return GraphQLError("", path=list(path), original_error=GraphQLError("", original_error=error))


def read(state: CacheState, *path: str) -> ReadAt:
    """A read for a place."""
    return ReadAt(path, Provenance("duty", "members", state, 0.0, 0.0, private=False))


def test_places_are_told_by_type_and_field_whatever_they_are_called() -> None:
    """Through fragments and aliases; places of one field are counted together."""
    late = TooSlowError("duty", "members")
    errors = [failed(late, "studios", at, "people", 0, "called") for at in range(3)]

    assert spoiled([*errors, failed(late, "here")]) == {
        Spoiled("duty", "Member.name", stale=False, times=3),
        Spoiled("duty", "Query.node", stale=False, times=1),
    }


def test_a_field_that_only_a_later_fragment_asks_for_is_found() -> None:
    """Selections under one response name are one."""
    error = failed(NotConfiguredError("duty", "members"), "here", "people", 0, "id")

    assert spoiled([error]) == {Spoiled("duty", "Member.id", stale=False, times=1)}


def test_old_data_spoils_and_a_refusal_of_one_call_does_not() -> None:
    """Neither does what was fetched, or an error of the caller's own."""
    errors = [failed(NotAllowedError("duty", "members"), "studios"), GraphQLError("no", path=["studios"])]
    reads = (read(CacheState.STALE, "studios", "people"), read(CacheState.FETCHED, "studios"))

    assert spoiled(errors, reads) == {Spoiled("duty", "Studio.members", stale=True, times=1)}
