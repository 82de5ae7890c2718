"""Each is told of the fields that a sign-in of theirs could let them read."""

import pytest
from graphql import build_schema, validate_schema

from connectors.viewer import ANYONE, Role, Scope, Viewer
from gateway.audiences import MOST_KEPT, Audiences
from schema.build import shared_schema
from schema.languages import sdl


@pytest.fixture
def audiences() -> Audiences:
    """As outside the sandbox."""
    return Audiences(shared_schema(), everybody=False)


def somebody(*roles: Role, scopes: frozenset[Scope] = frozenset()) -> Viewer:
    """Signed in, with these roles."""
    return Viewer(person_id="p", roles=frozenset(roles), scopes=scopes)


@pytest.mark.parametrize(
    ("viewer", "duty", "directory", "ops"),
    [
        (ANYONE, False, False, False),
        (somebody(Role.CITIZEN), False, False, False),
        (somebody(Role.OFFICIAL), False, True, False),
        (somebody(Role.CITIZEN, Role.MEMBER), True, True, False),
        (somebody(Role.OPS), True, True, True),
        (somebody(Role.PARTNER, scopes=frozenset({Scope.OPINION_READ})), False, False, False),
        (somebody(Role.CITIZEN, scopes=frozenset({Scope.OPS_READ})), False, False, False),
    ],
)
def test_by_what_their_roles_may_be_granted(
    audiences: Audiences,
    viewer: Viewer,
    duty: bool,  # noqa: FBT001 - a column of the table
    directory: bool,  # noqa: FBT001 - as above
    ops: bool,  # noqa: FBT001 - as above
) -> None:
    """In the file and in the schema that introspection reads, which are the same and whole."""
    text, schema = audiences.text_for(viewer, "en"), audiences.schema_for(viewer, "en")

    assert [f"{name}(" in text or f"{name}:" in text for name in ("dutyScore", "officials", "connectors")] == [
        duty,
        directory,
        ops,
    ]
    assert ("dutyScore" in schema.type_map["Member"].fields) is duty
    assert ("Connector" in schema.type_map) is ops
    assert validate_schema(schema) == []
    assert validate_schema(build_schema(text)) == []


def test_both_languages_tell_the_same_fields(audiences: Audiences) -> None:
    """Descriptions apart."""
    chinese, english = (build_schema(audiences.text_for(ANYONE, language)) for language in ("zh", "en"))

    assert set(chinese.type_map) == set(english.type_map)
    assert "姓名" in audiences.text_for(ANYONE, "zh")
    assert audiences.schema_for(ANYONE, "zh").type_map["Member"].description == chinese.type_map["Member"].description


def test_everybody_is_told_everything_where_that_is_set() -> None:
    """The text as committed, the very schema."""
    audiences = Audiences(shared_schema(), everybody=True)

    assert audiences.text_for(ANYONE, "zh") == sdl("zh")
    assert audiences.schema_for(ANYONE, "en") is shared_schema()


def test_schemas_are_made_once(audiences: Audiences) -> None:
    """For all whose sign-ins could let them read the same."""
    assert audiences.schema_for(ANYONE, "en") is audiences.schema_for(Viewer(), "en")
    assert len(audiences._schemas) <= MOST_KEPT
