"""How many aliases, fragments and directives a document may have."""

from gateway.limits.counts import check_aliases, check_directives, check_fragments
from tests.gateway.limits.checking import refusal_of


def test_aliases_are_counted_over_the_document() -> None:
    """In operations and in fragments."""
    text = "{ x: a y: a { z: b } ...f } fragment f on Q { p: a }"

    assert refusal_of(check_aliases, text, aliases=4) is None
    assert refusal_of(check_aliases, text, aliases=3) == ("TOO_MANY_ALIASES", {"most": 3})


def test_fragments_are_counted_used_or_not() -> None:
    """Operations are not among them."""
    text = "query one { a } query two { ...f } fragment f on Q { a } fragment g on Q { a }"

    assert refusal_of(check_fragments, text, fragments=2) is None
    assert refusal_of(check_fragments, text, fragments=1) == ("TOO_MANY_FRAGMENTS", {"most": 1})


def test_directives_are_counted_wherever_they_stand() -> None:
    """At operations, variables, fields, spreads, inline fragments and fragments."""
    text = "query ($x: Int @d) @d { a @d @d ... @d { b } ...f @d } fragment f on Q @d { a @d }"

    assert refusal_of(check_directives, text, directives=8) is None
    assert refusal_of(check_directives, text, directives=7) == ("TOO_MANY_DIRECTIVES", {"most": 7})
