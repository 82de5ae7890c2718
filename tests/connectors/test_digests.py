"""Digests both sides agree on."""

from pydantic import SecretStr

from connectors.digests import id_digest


def test_a_known_digest() -> None:
    """As ``openssl dgst -sha256 -hmac demo-digest-key`` makes it."""
    digest = id_digest("000000190001010000", SecretStr("demo-digest-key"), "v1")

    assert digest == "v1:565d5e85be9fadc3130cc19c4dbbb91905b8e2c594801a5755f6028ac410a573"


def test_blanks_and_case_do_not_count() -> None:
    """A number typed with a small x or blanks is the same number."""
    key = SecretStr("k")

    assert id_digest(" 00000019000101 000x", key, "v1") == id_digest("00000019000101000X", key, "v1")
