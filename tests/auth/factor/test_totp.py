"""One-time passwords by time, as RFC 6238 has them."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from auth.factor.totp import address_of, code_at, new_secret, picture_of, steps_of

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238 appendix B: "12345678901234567890"
PUBLISHED = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}


@pytest.mark.parametrize(("second", "password"), PUBLISHED.items())
def test_the_published_passwords_come_out(second: int, password: str) -> None:
    """RFC 6238 appendix B, its last six digits."""
    assert code_at(SECRET, datetime.fromtimestamp(second, UTC)) == password


@pytest.mark.parametrize(("off", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off(off: int, right: bool) -> None:  # noqa: FBT001 - a case of the table
    """Earlier or later by one; two are too many."""
    moment = datetime.fromtimestamp(1234567890, UTC)
    shown = code_at(SECRET, datetime.fromtimestamp(1234567890 + off, UTC))

    steps = steps_of(SECRET, shown, moment)

    assert steps == (((1234567890 + off) // 30,) if right else ())


@pytest.mark.parametrize("edge", [1234567890 // 30 * 30, 1234567890 // 30 * 30 + 29])
def test_the_first_and_the_last_second_of_a_step_are_its_own(edge: int) -> None:
    """The same password; the previous and the next one are still taken at either end."""
    moment = datetime.fromtimestamp(edge, UTC)

    assert steps_of(SECRET, code_at(SECRET, moment), moment) == (edge // 30,)
    assert steps_of(SECRET, code_at(SECRET, moment, 1), moment) == (edge // 30 + 1,)
    assert steps_of(SECRET, code_at(SECRET, moment, -1), moment) == (edge // 30 - 1,)


@pytest.mark.parametrize("code", ["", "28708", "2870822", "２８７０８２", "abcdef", "\udcff"])
def test_what_is_no_password_is_wrong(code: str) -> None:
    """Nothing breaks, whatever is sent."""
    assert steps_of(SECRET, code.encode("utf-8", "replace").decode(), datetime.fromtimestamp(59, UTC)) == ()


def test_a_key_is_as_long_as_the_hash_and_never_the_same() -> None:
    """160 bits (RFC 4226 section 4)."""
    keys = {new_secret() for _ in range(50)}

    assert len(keys) == 50
    assert all(len(key) == 32 for key in keys)


def test_an_authenticator_reads_the_address_and_learns_nobody_s_name() -> None:
    """The key, whose it is in general, and no person."""
    address = address_of(SECRET, "https://gateway.example.cn")

    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, unquote(parts.path)) == ("otpauth", "totp", "/Tongxin:gateway.example.cn")
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["Tongxin"]}
    assert picture_of(address).startswith("data:image/svg+xml")
