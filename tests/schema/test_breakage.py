"""Whom a change would break, and whether the changelog says so."""

from graphql import build_schema

from schema.breakage import check, told_of

OLD = """
type Query { studio(filter: Filter): Studio }
type Studio { name: String!, phone: String }
input Filter { sector: String, region: String }
"""
DOCUMENTS = {
    "page.graphql": "{ studio { name phone } }",
    "card.graphql": "{ studio { name } }",
    "search.graphql": "query ($filter: Filter) { studio(filter: $filter) { __typename } }",
    "gone.graphql": "{ nothing }",
}
CHANGELOG = """
## [Unreleased]

### Added

- `Studio.added`.

### Removed

- `Studio.phone`: ask `Studio.contact` instead.

## [1.0.0]

### Removed

- `Studio.fax`
"""


def test_the_documents_a_removed_field_breaks_are_named() -> None:
    """Those that ask for it, with the reason they would be refused for."""
    new = build_schema(OLD.replace(", phone: String", ""))

    verdict = check(build_schema(OLD), new, DOCUMENTS, "")

    assert [one.documents for one in verdict.breaking] == [("page.graphql",)]
    assert verdict.invalid == {"page.graphql": "Cannot query field 'phone' on type 'Studio'."}
    assert verdict.refused


def test_a_document_that_stays_valid_may_be_broken_too() -> None:
    """A value that can be null from now on; a variable whose field is gone."""
    new = build_schema(OLD.replace("name: String!", "name: String").replace("sector: String, ", ""))

    verdict = check(build_schema(OLD), new, DOCUMENTS, "")

    hurt = {one.change.coordinate: one.documents for one in verdict.breaking}
    assert hurt == {"Studio.name": ("page.graphql", "card.graphql"), "Filter.sector": ("search.graphql",)}
    assert verdict.invalid == {}


def test_a_change_the_changelog_names_is_let_through() -> None:
    """It is told all the same."""
    new = build_schema(OLD.replace(", phone: String", ""))

    verdict = check(build_schema(OLD), new, DOCUMENTS, CHANGELOG)

    assert [one.told for one in verdict.breaking] == [True]
    assert not verdict.refused


def test_only_what_the_next_release_says_under_changed_or_removed_counts() -> None:
    """Neither what was added nor what an earlier release removed."""
    assert told_of(CHANGELOG) == {"Studio.phone", "Studio.contact"}


def test_an_argument_is_named_by_its_field_too() -> None:
    """Who reads the changelog looks for the field."""
    new = build_schema(OLD.replace("studio(filter: Filter)", "studio(filter: Filter, in: ID!)"))
    changelog = "## [Unreleased]\n### Changed\n- `Query.studio` takes `in`.\n"

    verdict = check(build_schema(OLD), new, DOCUMENTS, changelog)

    assert [(one.told, one.documents) for one in verdict.breaking] == [
        (True, ("page.graphql", "card.graphql", "search.graphql"))
    ]


def test_what_is_new_is_not_refused() -> None:
    """It is told where it may surprise."""
    verdict = check(build_schema(OLD), build_schema(OLD.replace("region:", "town: String, region:")), DOCUMENTS, "")

    assert [change.coordinate for change in verdict.dangerous] == ["Filter.town"]
    assert not verdict.refused
