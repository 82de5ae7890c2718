import pytest

from connectors.refusals import RefusedError
from gateway.http.bearer import Shown, token_of
from gateway.http.headers import Headers


def of(*values: bytes) -> Shown | None:
    """The token behind these Authorization headers."""
    return token_of(Headers([(b"Authorization", value) for value in values]))


def test_the_scheme_is_read_in_any_case() -> None:
    """Schemes know no case (RFC 9110 section 11.1); the token is taken as it is."""
    assert of() is None
    assert of(b"Bearer a.B-c~1+/==") == ("a.B-c~1+/==", False)
    assert of(b"bEARER  abc ") == ("abc", False)
    assert of(b"dPOP a.B-c") == ("a.B-c", True)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([b"Basic YTpi"], "AUTHORIZATION_NOT_SUPPORTED"),
        ([b"eyJhbGciOi"], "AUTHORIZATION_NOT_SUPPORTED"),
        ([b""], "AUTHORIZATION_NOT_SUPPORTED"),
        ([b"Bearer a", b"Bearer a"], "AUTHORIZATION_NOT_SUPPORTED"),
        ([b"DPoP a", b"Bearer a"], "AUTHORIZATION_NOT_SUPPORTED"),
        ([b"DPoP"], "INVALID_TOKEN"),
        ([b"Bearer"], "INVALID_TOKEN"),
        ([b"Bearer a b"], "INVALID_TOKEN"),
        ([b"Bearer \xe4"], "INVALID_TOKEN"),
        ([b"Bearer " + b"a" * 20_000], "INVALID_TOKEN"),
    ],
)
def test_other_credentials_are_refused(values: list[bytes], code: str) -> None:
    """What is no single bearer token is refused before anybody looks it up, and is not repeated."""
    with pytest.raises(RefusedError) as refusal:
        of(*values)

    assert refusal.value.code == code
    assert refusal.value.facts == {}
