"""A document that is too long or too deep for the parser is told so; any other that is no GraphQL by its syntax."""

from typing import Any

import pytest
from graphql import DocumentNode, GraphQLSyntaxError

from connectors.refusals import RefusedError
from gateway.limits.settings import LimitSettings
from gateway.limits.tokens import parsed


def test_a_document_is_parsed_up_to_its_last_token() -> None:
    """A hundred tokens are read where a hundred are allowed."""
    limits = LimitSettings(tokens=100)

    assert isinstance(parsed("{" + " b" * 98 + "}", limits), DocumentNode)
    assert refused("{" + " b" * 99 + "}", limits) == ("DOCUMENT_TOO_LONG", {"most": 100})


def test_no_depth_is_too_much_for_the_parser() -> None:
    """Whether it stops by itself or runs out of stack."""
    limits = LimitSettings(tokens=20_000)

    for text in ("{ a " * 5000, "{ a(x: " + "[" * 5000, "query ($x: " + "[" * 5000):
        assert refused(text, limits) == ("DOCUMENT_TOO_DEEP", {"most": 15})


@pytest.mark.parametrize("text", ["", "{", "{ a(x: } }", "\ud800"])
def test_what_is_no_graphql_is_told_by_the_parser(text: str) -> None:
    """With its place, and without the parser hanging on it."""
    error = parsed(text, LimitSettings())

    assert isinstance(error, GraphQLSyntaxError)
    assert error.__traceback__ is None


def refused(text: str, limits: LimitSettings) -> tuple[str, dict[str, Any]]:
    """The code and facts."""
    error: Any = parsed(text, limits)
    assert isinstance(error.original_error, RefusedError)
    assert error.__traceback__ is None
    assert error.__context__ is None
    return error.original_error.code, dict(error.original_error.facts)
