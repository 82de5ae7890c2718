"""How many fields an operation may have, and how many at its top."""

import pytest

from gateway.limits.fields import check_fields, check_root_fields
from tests.gateway.limits.checking import refusal_of
from tests.gateway.limits.test_outline import fragments


def test_fields_are_counted_wherever_a_fragment_is_spread() -> None:
    """Six in the text, ten with the fragment counted twice."""
    text = "{ a { ...f } b { ...f } } fragment f on Q { c d e f }"

    assert refusal_of(check_fields, text, fields=10) is None
    assert refusal_of(check_fields, text + " query more { " + "x " * 11 + "}", fields=10) is not None


@pytest.mark.parametrize("body", ["...{next} ...{next}", "a {{ ...{next} }} d {{ ...{next} }}"])
def test_a_fragment_bomb_is_told_at_once(body: str) -> None:
    """Sixty fragments, each spread twice in the one before: more fields than anybody can count one by one."""
    assert refusal_of(check_fields, fragments(60, body)) == ("TOO_MANY_FIELDS", {"most": 1000})


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("{ a b c }", False),
        ("{ a b c d }", True),
        ("{ a a a a a b c }", False),
        ("{ one: a two: a three: a four: a }", True),
        ("{ ...f ... { c } ...f } fragment f on Query { a b x: a { p q r s } }", True),
        ("{ ...f ...f } fragment f on Query { a b ...g } fragment g on Query { a { p q r s } ...f }", False),
        ("query one { a b } query two { c d }", False),
    ],
)
def test_names_at_the_top_are_counted_once(text: str, refused: bool) -> None:  # noqa: FBT001 - one claim a row
    """What stands there through fragments too; what stands deeper not."""
    expected = ("TOO_MANY_ROOT_FIELDS", {"most": 3}) if refused else None
    assert refusal_of(check_root_fields, text, root_fields=3) == expected
