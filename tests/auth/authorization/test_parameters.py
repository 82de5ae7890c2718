import pytest

from auth.authorization.parameters import parameters_from
from auth.refusals import OAuthError, Refusal


def test_parameters_without_a_value_are_left_out() -> None:
    """As if they had not been sent (RFC 6749 section 3.1); unknown ones are passed over."""
    found = parameters_from(b"client_id=c_1&state=&foo=bar&scope=openid+phone&redirect_uri=https%3A%2F%2Fa%2F")

    assert dict(found.values) == {"client_id": "c_1", "scope": "openid phone", "redirect_uri": "https://a/"}
    assert not found.repeated


def test_repeated_parameters_have_no_value() -> None:
    """Whichever was meant, neither counts, even where they are alike; only ``resource`` may come again."""
    found = parameters_from(b"state=a&state=a&scope=x&scope=&foo=1&foo=2&resource=r1&resource=r2")

    assert found.repeated == {"state", "scope", "foo"}
    assert found.get("state") is None
    assert found.resources == ("r1", "r2")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (b"state=%ff", Refusal.NOT_A_FORM),
        ("state=浙".encode(), Refusal.NOT_A_FORM),
        (b"&" * 50, Refusal.TOO_LARGE),
        (b"a=1&" * 50, Refusal.TOO_LARGE),
    ],
    ids=["no UTF-8", "not escaped", "many", "many with values"],
)
def test_what_is_no_query_is_refused(text: bytes, refusal: Refusal) -> None:
    """Bounded in number, and readable."""
    with pytest.raises(OAuthError) as caught:
        parameters_from(text)

    assert caught.value.refusal is refusal
