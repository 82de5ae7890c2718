"""The suites, by vectors others published."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB

from connectors.ciphers.suite import INTERNATIONAL, NATIONAL, BrokenError, Suite

_EITHER = pytest.mark.parametrize("suite", [INTERNATIONAL, NATIONAL], ids=lambda suite: suite.name)
_SM4_KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_makes_the_standards_digests(text: bytes, digest: str) -> None:
    """GB/T 32905-2016, appendix A."""
    assert NATIONAL.hash(text).hex() == digest


def test_hmac_with_sm3_makes_the_standards_code() -> None:
    """GM/T 0042-2015, appendix D.3."""
    key = bytes(range(1, 33))
    text = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" * 2

    assert NATIONAL.mac(key, text).hex() == "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"


def test_sm4_encrypts_the_standards_block() -> None:
    """GB/T 32907-2016, appendix A.1."""
    encryptor = Cipher(SM4(_SM4_KEY), ECB()).encryptor()  # noqa: S305 - one block, to compare with the standard

    assert encryptor.update(_SM4_KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_encrypts_as_the_rfc_shows() -> None:
    """RFC 8998, appendix A.1."""
    nonce = bytes.fromhex("00001234567800000000ABCD")
    around = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    text = bytes.fromhex("".join(digit * 16 for digit in "ABCDEFEA"))

    encrypted = NATIONAL.encrypt(_SM4_KEY, nonce, text, around)

    assert encrypted.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert NATIONAL.decrypt(_SM4_KEY, nonce, encrypted, around) == text


@_EITHER
@pytest.mark.parametrize("changed", ["key", "nonce", "encrypted", "around", "short"])
def test_what_was_changed_does_not_open(suite: Suite, changed: str) -> None:
    """A text opens with its own key, nonce and surroundings, whole."""
    key, nonce, around = bytes(suite.key_bytes), bytes(12), b"place"
    parts = {"key": key, "nonce": nonce, "encrypted": suite.encrypt(key, nonce, b"text", around), "around": around}
    if changed == "short":
        parts["encrypted"] = parts["encrypted"][:7]
    else:
        parts[changed] = bytes([parts[changed][0] ^ 1]) + parts[changed][1:]

    with pytest.raises(BrokenError):
        suite.decrypt(parts["key"], parts["nonce"], parts["encrypted"], parts["around"])


@_EITHER
def test_keys_of_two_purposes_differ(suite: Suite) -> None:
    """What one purpose's key opens, another's does not."""
    one, other = suite.derive(b"secret", "one"), suite.derive(b"secret", "other")

    assert one != other
    assert len(one) == suite.key_bytes
