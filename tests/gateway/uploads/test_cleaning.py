"""What a file is, whatever it is called; and what broken bytes may do: nothing."""

import random

import pytest

from gateway.uploads.cleaning import cleaned
from gateway.uploads.errors import FileRefusedError
from gateway.uploads.kinds import kind_of
from gateway.uploads.tags import after_id3
from tests.gateway.uploads import recordings
from tests.gateway.uploads.pictures import film, snapshot

TAKEN = {
    "image/jpeg": snapshot("JPEG"),
    "image/png": snapshot("PNG"),
    "image/webp": film("WEBP"),
    "image/gif": film("GIF"),
    "audio/mpeg": recordings.tagged_mp3(),
    "audio/aac": recordings.tagged_aac(),
    "audio/mp4": recordings.tagged_m4a(),
    "audio/amr": recordings.amr(),
    "audio/wav": recordings.tagged_wav(),
}
STRANGE = {
    "html": b"<!doctype html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\3\4" + bytes(30),
    "heic": b"\0\0\0\x18ftypheic" + bytes(12),
    "quicktime": b"\0\0\0\x14ftypqt  " + bytes(8),
    "ogg": b"OggS" + bytes(30),
    "avi": b"RIFF\0\0\0\0AVI " + bytes(8),
    "text": "你好".encode(),
    "one byte": b"\xff",
}


@pytest.mark.parametrize("media_type", TAKEN)
def test_the_content_tells_the_type(media_type: str) -> None:
    """No name and no claim is asked."""
    kind = kind_of(TAKEN[media_type])

    assert kind is not None
    assert kind.media_type == media_type


@pytest.mark.parametrize("sent", STRANGE.values(), ids=STRANGE)
def test_other_types_are_refused(sent: bytes) -> None:
    """Pages, documents, archives, films, pictures few browsers show."""
    with pytest.raises(FileRefusedError) as refused:
        cleaned(sent, 1)

    assert refused.value.code == "UNSUPPORTED_FILE_TYPE"


def test_nothing_is_no_file() -> None:
    """It is told apart from a type that is not taken."""
    with pytest.raises(FileRefusedError) as refused:
        cleaned(b"", 1)

    assert refused.value.code == "EMPTY_FILE"


@pytest.mark.parametrize("media_type", TAKEN)
def test_broken_bytes_are_refused_or_cleaned(media_type: str) -> None:
    """Cut anywhere, or with any bytes changed, a file is cleaned or refused; nothing else is raised."""
    sent, chance = TAKEN[media_type], random.Random(7)  # noqa: S311 - the same each time
    variants = [sent[: chance.randrange(len(sent))] for _ in range(20)]
    for _ in range(60):
        broken = bytearray(sent)
        for _ in range(chance.randrange(1, 9)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        variants.append(bytes(broken))

    for variant in variants:
        try:
            kept = cleaned(variant, 100_000)[1]
        except FileRefusedError:
            continue
        assert kept


def test_tags_that_lie_about_their_length_lead_nowhere() -> None:
    """What should follow is not there."""
    assert kind_of(b"ID3\4\0\0\x7f\x7f\x7f\x7f" + recordings.mp3()) is None
    assert after_id3(b"ID3\4\0\x10\0\0\0\0" + bytes(10) + b"\xff") == 20
