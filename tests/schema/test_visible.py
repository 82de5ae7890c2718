"""A schema without some fields is whole in itself and tells nothing of them."""

from graphql import DocumentNode, build_ast_schema, parse, print_ast, validate_schema

from schema.visible import without

WHOLE = """
directive @note(kind: Kind) on FIELD_DEFINITION

enum Kind { A B }
enum Secret { X }
scalar Day

interface Node { id: ID! }
type Query { node(id: ID!): Node open: Open hidden(filter: Filter): Hidden either: Either only: Only }
type Open implements Node { id: ID! day: Day hidden: Hidden }
type Hidden implements Node { id: ID! secret: Secret }
type Alone implements Node { id: ID! }
type Only { secret: Secret }
union Either = Open | Alone
input Filter { kind: Kind }
"""


def left(*hidden: str) -> DocumentNode:
    """What is left, which must be a schema."""
    document = without(parse(WHOLE), hidden)
    assert validate_schema(build_ast_schema(document)) == []
    return document


def names(document: DocumentNode) -> set[str]:
    """The names of its types."""
    return {one.name.value for one in document.definitions}  # type: ignore[attr-defined]  # all have one


def test_nothing_hidden_leaves_all() -> None:
    """As it was."""
    assert print_ast(left()) == print_ast(parse(WHOLE))


def test_what_only_a_hidden_field_leads_to_is_gone() -> None:
    """Its type, though it can be found by its id, the input of its argument, the enum below."""
    document = left("Query.hidden", "Open.hidden", "Query.only")

    assert names(document) == {"note", "Kind", "Day", "Node", "Query", "Open", "Alone", "Either"}
    assert "idden" not in print_ast(document)


def test_what_another_field_leads_to_stays() -> None:
    """One way is enough."""
    assert {"Hidden", "Secret"} <= names(left("Query.hidden"))


def test_a_type_without_fields_takes_those_along_that_lead_to_it() -> None:
    """An object must have one."""
    document = left("Only.secret")

    assert "Only" not in names(document)
    assert "only" not in print_ast(document)


def test_a_key_does_not_tell_of_what_leads_to_its_object() -> None:
    """The entities of a subgraph are those that something else leads to."""
    whole = (
        WHOLE.replace("only: Only", "only: Only _entities(keys: [ID!]!): [_Entity]!") + "union _Entity = Open | Hidden"
    )

    document = without(parse(whole), {"Query.hidden", "Open.hidden"})

    assert print_ast(document).endswith("union _Entity = Open")
    assert "Hidden" not in names(document)


def test_a_root_of_which_nothing_is_left_is_not_there() -> None:
    """Who may write nothing and listen to nothing is told of no mutation and no subscription."""
    whole = WHOLE + "type Mutation { act: Secret } type Subscription { told: Open }"

    document = without(parse(whole), {"Mutation.act", "Subscription.told"})

    assert {"Mutation", "Subscription"}.isdisjoint(names(document))
    assert "Query" in names(document)
