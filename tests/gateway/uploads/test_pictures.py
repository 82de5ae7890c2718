"""Pictures without what they tell beside their pixels."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from gateway.uploads.cleaning import cleaned
from gateway.uploads.errors import FileRefusedError
from gateway.uploads.kinds import GIF
from tests.gateway.uploads.pictures import PLACE, SECRET, film, opened, snapshot

MOST = 1_000_000
UPRIGHT = ["JPEG", "PNG", "WEBP"]


@pytest.mark.parametrize("form", [*UPRIGHT, "GIF"])
def test_nothing_but_pixels_is_left(form: str) -> None:
    """No place, no device, no comment, no XMP; and what was appended behind the picture is gone too."""
    sent = snapshot(form) + b"appended " + SECRET
    assert SECRET in sent
    assert form == "GIF" or opened(sent).getexif().get_ifd(PLACE)

    kind, kept = cleaned(sent, MOST)

    assert kind.form == form
    assert SECRET not in kept
    assert b"Exif" not in kept
    assert b"xmp" not in kept.lower()
    assert not {"exif", "xmp", "comment", "icc_profile", "Comment"} & set(opened(kept).info)
    assert dict(opened(kept).getexif()) == {}


@pytest.mark.parametrize("form", UPRIGHT)
def test_a_picture_stays_the_side_up_it_was_taken(form: str) -> None:
    """What told which side is up goes away, so it is turned first: red was on the left and is on top."""
    kept = opened(cleaned(snapshot(form), MOST)[1]).convert("RGB")

    assert kept.size == (20, 40)
    assert kept.getpixel((10, 2))[0] > 240
    assert kept.getpixel((10, 37))[2] > 240


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpegs_of_all_colours_are_taken(mode: str) -> None:
    """Grey ones stay grey, those for printing are shown on screens."""
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "JPEG")

    assert opened(cleaned(out.getvalue(), MOST)[1]).mode == {"L": "L", "CMYK": "RGB"}[mode]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pngs_of_all_colours_are_taken(mode: str) -> None:
    """Each in the same colours as before."""
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")

    assert opened(cleaned(out.getvalue(), MOST)[1]).mode == mode


def test_what_can_be_seen_through_stays_so() -> None:
    """A palette's transparent colour is part of the picture."""
    out = io.BytesIO()
    Image.new("P", (8, 8)).save(out, "PNG", transparency=0)

    assert opened(cleaned(out.getvalue(), MOST)[1]).convert("RGBA").getpixel((0, 0))[3] == 0


def test_colours_of_a_wider_screen_are_brought_to_all() -> None:
    """A profile is applied before it goes: its pixels mean other colours than they do without it."""
    swapped = bytearray(_srgb())
    red, blue = swapped.index(b"rXYZ"), swapped.index(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG", icc_profile=bytes(swapped))

    kept = opened(cleaned(out.getvalue(), MOST)[1])

    assert kept.getpixel((0, 0))[2] > 200  # its red is our blue
    assert "icc_profile" not in kept.info


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_a_profile_that_is_none_is_left_out() -> None:
    """The picture is fine without."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG", icc_profile=b"no profile " + SECRET)

    assert SECRET not in cleaned(out.getvalue(), MOST)[1]


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_what_moves_goes_on_moving(form: str) -> None:
    """All frames are kept, as long as they were."""
    kept = opened(cleaned(film(form), MOST)[1])

    assert (kept.n_frames, kept.info["duration"]) == (3, 100)  # type: ignore[attr-defined]  # animated


@pytest.mark.parametrize(
    ("sent", "most"),
    [(snapshot("JPEG"), 40 * 20 - 1), (film("GIF"), 8 * 8 * 3 - 1), (film("WEBP"), 8 * 8 * 3 - 1)],
    ids=["still", "gif", "webp"],
)
def test_too_many_pixels_are_refused(sent: bytes, most: int) -> None:
    """All frames together."""
    with pytest.raises(FileRefusedError) as refused:
        cleaned(sent, most)

    assert (refused.value.code, refused.value.facts) == ("TOO_MANY_PIXELS", {"most": most})
    assert cleaned(sent, most + 1)


@pytest.mark.parametrize("side", [9_000, 12_000, 60_000])
def test_a_bomb_is_not_drawn(side: int) -> None:
    """A few bytes that say they are a huge picture are refused by what they say."""
    bomb = bytearray(snapshot("PNG"))
    bomb[16:24] = struct.pack(">II", side, side)
    bomb[29:33] = struct.pack(">I", zlib.crc32(bytes(bomb[12:29])))

    with pytest.raises(FileRefusedError) as refused:
        cleaned(bytes(bomb), MOST)

    assert refused.value.code == "TOO_MANY_PIXELS"


@pytest.mark.parametrize("form", [*UPRIGHT, "GIF"])
def test_what_is_cut_is_unreadable(form: str) -> None:
    """Half a picture is none."""
    sent = snapshot(form, size=(400, 200))

    with pytest.raises(FileRefusedError) as refused:
        cleaned(sent[: len(sent) // 3], MOST)

    assert refused.value.code == "UNREADABLE_FILE"


def test_a_film_of_too_many_frames_is_not_drawn() -> None:
    """However small they are: a hundred thousand would keep a thread busy for minutes."""
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + bytes(6)
    frame = b"\x2c" + bytes(4) + b"\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"

    assert cleaned(head + frame * 1000 + b";", MOST)[0] is GIF
    with pytest.raises(FileRefusedError) as refused:
        cleaned(head + frame * 1001 + b";", MOST)
    assert refused.value.code == "TOO_MANY_PIXELS"


def test_the_same_picture_becomes_the_same_bytes() -> None:
    """So that the platform knows it again under the same idempotency key; compressed as much as it was."""
    sent = snapshot("JPEG")

    kept = cleaned(sent, MOST)[1]

    assert cleaned(sent, MOST)[1] == kept
    assert opened(kept).quantization == opened(sent).quantization  # type: ignore[attr-defined]  # a JPEG's
