"""SM2, by the standard's own example and beside another implementation."""

import subprocess
from pathlib import Path

import gmalg
import pytest

from connectors.ciphers.sm2 import USER_ID, Sm2Key, Sm2PublicKey

_PRIVATE = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
_POINT = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
_SIGNATURE = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
_CHANCE = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
_TEXT = b"message digest"


def test_the_standards_private_key_has_the_standards_public_key() -> None:
    """GB/T 32918.5-2017, appendix A.2."""
    assert Sm2Key.of(_PRIVATE).public.point == _POINT


async def test_the_standards_signature_verifies() -> None:
    """GB/T 32918.5-2017, appendix A.2."""
    assert await Sm2PublicKey(_POINT).verifies(_SIGNATURE, _TEXT)


def test_with_the_standards_random_number_the_library_signs_as_the_standard() -> None:
    """GB/T 32918.5-2017, appendix A.2: the same r and s."""
    signer = gmalg.SM2(_PRIVATE, USER_ID, _POINT, rnd_fn=lambda _: _CHANCE)

    assert b"".join(signer.sign(_TEXT)) == _SIGNATURE


async def test_what_a_key_signs_its_public_half_verifies() -> None:
    """And nothing else: not another text, another signer's id, another key, another length."""
    key = Sm2Key.generate()

    signature = await key.sign(_TEXT)

    assert len(signature) == 64
    assert await key.public.verifies(signature, _TEXT)
    assert not await key.public.verifies(signature, _TEXT + b"!")
    assert not await key.public.verifies(signature, _TEXT, b"somebody else")
    assert not await Sm2PublicKey(_POINT).verifies(signature, _TEXT)
    assert not await key.public.verifies(signature[:-1], _TEXT)


_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
_ROOT_OF_B = 0xFD4511E81736A60F07E88A83D6CF5A167FAE6D1A9C9330E76E232E00F5CDC154
"""A y that goes with x = 0, so that x may also be written as p."""


@pytest.mark.parametrize(
    "point",
    [
        b"",
        bytes(65),
        b"\x04" + bytes(64),
        _POINT[:-1],
        _POINT[:-1] + b"\x14",
        b"\x02" + _POINT[1:],
        b"\x04" + _P.to_bytes(32) + _ROOT_OF_B.to_bytes(32),
    ],
)
def test_what_is_no_point_of_the_curve_is_no_key(point: bytes) -> None:
    """A key that is not on the curve is refused before anything is verified with it."""
    with pytest.raises(ValueError, match="no public key of SM2"):
        Sm2PublicKey(point)


def test_a_coordinate_may_be_zero() -> None:
    """The point whose other spelling is refused above is one."""
    assert Sm2PublicKey(b"\x04" + bytes(32) + _ROOT_OF_B.to_bytes(32))


@pytest.mark.parametrize(("r", "s"), [(0, 1), (1, 0), (_N, 1), (1, _N), (1, _N - 1), (_N + 1, 1)])
async def test_numbers_out_of_range_are_no_signature(r: int, s: int) -> None:
    """GB/T 32918.2 section 7.1: both from 1 to n - 1, and their sum not n."""
    assert not await Sm2PublicKey(_POINT).verifies(r.to_bytes(32) + s.to_bytes(32), _TEXT)


async def test_a_signature_that_leads_to_infinity_is_none() -> None:
    """Who has the key can make one; it is refused and breaks nothing."""
    private, r = int.from_bytes(_PRIVATE), 12345
    s = -r * private * pow(1 + private, -1, _N) % _N

    assert not await Sm2PublicKey(_POINT).verifies(r.to_bytes(32) + s.to_bytes(32), _TEXT)


def test_a_private_key_is_not_shown() -> None:
    """Neither in a log nor in a trace."""
    assert _PRIVATE.hex() not in repr(Sm2Key.of(_PRIVATE))
    assert repr(_PRIVATE) not in repr(Sm2Key.of(_PRIVATE))


async def test_openssl_verifies_what_we_sign(tmp_path: Path) -> None:
    """Another implementation, with the same signer's id."""
    key = Sm2Key.generate()
    (tmp_path / "key.der").write_bytes(_spki(key.public.point))
    (tmp_path / "text").write_bytes(_TEXT)

    (tmp_path / "signature").write_bytes(_der(await key.sign(_TEXT)))

    asked = "openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -digest sm3 -in text -sigfile signature"
    told = subprocess.run(  # noqa: ASYNC221 - a moment, in a test
        [*asked.split(), "-pkeyopt", f"distid:{USER_ID.decode()}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Verified Successfully" in told.stdout, told.stderr


async def test_we_verify_what_openssl_signs(tmp_path: Path) -> None:
    """The other way round, with a key it made."""

    def run(command: str) -> None:
        subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=True)

    (tmp_path / "text").write_bytes(_TEXT)
    run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -pkeyopt ec_param_enc:named_curve -out key.pem")
    run("openssl pkey -in key.pem -pubout -outform DER -out public.der")
    signing = "openssl pkeyutl -sign -inkey key.pem -rawin -digest sm3 -in text -out signature"

    run(f"{signing} -pkeyopt distid:{USER_ID.decode()}")

    key = Sm2PublicKey((tmp_path / "public.der").read_bytes()[-65:])
    signature = _raw((tmp_path / "signature").read_bytes())
    assert await key.verifies(signature, _TEXT)
    assert not await key.verifies(signature, _TEXT + b"!")


def _raw(der: bytes) -> bytes:
    """Two ASN.1 integers as 64 bytes."""
    length = der[3]
    halves = der[4 : 4 + length], der[6 + length :]
    return b"".join(int.from_bytes(half).to_bytes(32) for half in halves)


def _spki(point: bytes) -> bytes:
    """A public key as X.509 has it: algorithm ecPublicKey, curve sm2p256v1."""
    head = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
    return head + point


def _der(signature: bytes) -> bytes:
    """A signature as two ASN.1 integers."""
    parts = b""
    for half in (signature[:32], signature[32:]):
        number = int.from_bytes(half, "big")
        raw = number.to_bytes(number.bit_length() // 8 + 1, "big")
        parts += b"\x02" + bytes([len(raw)]) + raw
    return b"\x30" + bytes([len(parts)]) + parts
