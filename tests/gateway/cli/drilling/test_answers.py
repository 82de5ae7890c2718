"""An answer as its user sees it."""

from typing import Any

from gateway.cli.drilling.answers import blamed_by, codes_of, holes_in, outcome_of
from gateway.cli.drilling.recording import FAILED, MISSING, STALE, WHOLE

FINE: dict[str, Any] = {"data": {"viewer": {"member": {"name": "x"}, "todos": [{"title": "y"}, {"title": "z"}]}}}


def error(*path: str | int, **extensions: Any) -> dict[str, Any]:
    """One of the duty platform's."""
    return {"path": list(path), "extensions": {"code": "PLATFORM_UNAVAILABLE", "platform": "duty"} | extensions}


def test_outcomes() -> None:
    """Whole, marked, in part; and no answer at all, or one that only says that we failed."""
    assert outcome_of(FINE) == WHOLE
    assert outcome_of(FINE | {"extensions": {"stale": [{"path": ["viewer"], "platform": "duty"}]}}) == STALE
    assert outcome_of(FINE | {"errors": [error("viewer", "member")]}) == MISSING
    assert outcome_of({"data": None, "errors": [error("studio")]}) == MISSING
    assert outcome_of({"errors": [{"extensions": {"code": "INTERNAL_ERROR"}}]}) == FAILED
    assert outcome_of(None) == FAILED


def test_codes_and_platforms_are_told_once() -> None:
    """However many errors say the same."""
    body = {"data": {}, "errors": [error("a"), error("b")]}

    assert (codes_of(body), blamed_by(body)) == (("PLATFORM_UNAVAILABLE",), ("duty",))
    assert (codes_of(None), blamed_by(FINE)) == ((), ())


def test_a_hole_is_what_nothing_explains() -> None:
    """Null or short lists, unless an error's path or a mark covers them."""
    empty = {"data": {"viewer": {"member": None, "todos": [{"title": "y"}]}}}

    assert holes_in(FINE, FINE) == ()
    assert holes_in(empty, FINE) == ("viewer.member", "viewer.todos")
    assert holes_in(empty | {"errors": [error("viewer", "member")]}, FINE) == ("viewer.todos",)
    stale = {"extensions": {"stale": [{"path": ["viewer", "todos"], "platform": "duty"}]}}
    assert holes_in(empty | stale, FINE) == ("viewer.member",)


def test_an_error_that_stands_for_more_explains_every_row() -> None:
    """It has the path of one of them."""
    rows = {"data": {"rows": [{"name": None}, {"name": None}]}, "errors": [error("rows", 0, "name", more=1)]}

    assert holes_in(rows, {"data": {"rows": [{"name": "a"}, {"name": "b"}]}}) == ()
