"""Codes by which calls prove themselves, against RFC 4231."""

from base64 import b64encode

import pytest

from connectors.mac import mac_text


@pytest.mark.parametrize(
    ("secret", "text", "code"),
    [
        ("Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ("\x0b" * 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    ],
)
def test_vectors(secret: str, text: str, code: str) -> None:
    """RFC 4231, test cases 1 and 2, in Base64."""
    assert mac_text(secret, text) == b64encode(bytes.fromhex(code)).decode()


def test_another_text_and_another_secret_make_another_code() -> None:
    """A secret that was used before carries nothing of what it signed over."""
    first = mac_text("one", "a")

    assert mac_text("one", "b") != first
    assert mac_text("two", "a") != first
    assert mac_text("one", "a") == first
