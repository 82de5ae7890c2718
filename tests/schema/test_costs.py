"""The schema's text says what fields cost, by the directives other gateways read."""

import re

from graphql import build_schema as schema_from

from schema.build import build_schema
from schema.costs import printed


def test_the_text_says_what_differs_from_the_rule() -> None:
    """A read costs, a connection is sliced by ``first``, a list may be long; of the rest nothing is said."""
    text = printed(build_schema())

    assert '  statistics: StudioStatistics @cost(weight: "1")' in text
    assert "  name: String\n" in text
    assert (
        '): StudioConnection @cost(weight: "1") @listSize(assumedSize: 100, slicingArguments: ["first"], '
        'sizedFields: ["edges", "nodes"])' in text
    )
    assert '): [DutyShift!] @cost(weight: "1") @listSize(assumedSize: 500)' in text


def test_the_text_with_directives_is_a_schema() -> None:
    """It can be read again, and without what was put in it is the same."""
    text = printed(build_schema())

    again = schema_from(text)

    assert {"cost", "listSize"} <= {directive.name for directive in again.directives}
    assert len(re.findall(r" @(?:cost|listSize)\(", text)) > 30
