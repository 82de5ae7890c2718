"""An answer's headers, which are read when somebody asks."""

from connectors.answer import Answer


def test_lines_as_they_came_are_read_once() -> None:
    """By lower-case name; lines of one name are one value, and what is no ASCII harms nobody."""
    answer = Answer("here", "things", 200, [(b"x-a", b"1"), (b"x-b", b"\xe4"), (b"x-a", b"2")], b"{}")

    assert answer.headers == {"x-a": "1, 2", "x-b": "\u00e4"}
    assert answer.headers is answer.headers


def test_it_is_shown_without_what_it_holds() -> None:
    """Neither headers nor body."""
    answer = Answer("here", "things", 200, {"set-cookie": "secret"}, b"private")

    assert repr(answer) == "Answer(platform='here', operation='things', status=200)"
