"""How often the same field may stand in one place of the answer."""

import pytest

from gateway.limits.repeats import check_repeats
from tests.gateway.limits.checking import refusal_of


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{ b b b }", None),
        ("{ b b b b }", "b"),
        ("{ x: b x: b x: c x: d b b b }", "x"),
        ("{ a { b } a { b b } }", None),
        ("{ a { b } a { b b b } }", "b"),
        ("{ a { b b } ... { a { b } ... on Q { a { b } } } }", "b"),
        ("{ a { c { b b } } d { c { b b } } }", None),
        ("{ a { b } ...f } fragment f on Q { a { b b } ...g } fragment g on Q { a { b } }", "b"),
        ("{ ...f ...f ...f ...f } fragment f on Q { b }", None),
        ("{ a { ...f } a { ...g } } fragment f on Q { c { b b } } fragment g on Q { c { b b } }", "b"),
        ("{ ...f } fragment f on Q { a { ...f } b b }", None),
        ("{ ...f b } fragment f on Q { a { ...f } b b } query q { ...f b }", "b"),
        ("{ ...gone b }", None),
        ("query f { b b } fragment f on Q { b b } fragment f on Q { b b }", None),
    ],
)
def test_the_same_field_in_one_place_is_counted(text: str, field: str | None) -> None:
    """Places that fragments bring together are one, and what stands below each name with them."""
    expected = None if field is None else ("TOO_MANY_REPEATS", {"field": field, "most": 3})
    assert refusal_of(check_repeats, text, repeats=3) == expected


def test_places_are_joined_once_however_fragments_are_entangled() -> None:
    """Thirty fragments that spread each other in circles at two places each."""
    names = [f"f{n}" for n in range(30)]
    spreads = " ".join(f"...{name}" for name in names)
    text = "{ b } " + " ".join(f"fragment {name} on Q {{ a {{ {spreads} }} {spreads} b }}" for name in names)

    assert refusal_of(check_repeats, text, repeats=30) is None
    assert refusal_of(check_repeats, text, repeats=29) is not None
