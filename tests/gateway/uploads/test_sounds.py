"""Recordings without what they tell beside their sound."""

import io
import struct
from collections.abc import Callable

import pytest
from mutagen.aac import AAC
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.wave import WAVE

from gateway.uploads.cleaning import cleaned
from gateway.uploads.errors import FileRefusedError
from tests.gateway.uploads import recordings
from tests.gateway.uploads.recordings import SECRET, TAGGED, box, chunk

READERS = {"audio/mpeg": MP3, "audio/aac": AAC, "audio/mp4": MP4, "audio/wav": WAVE}
PLAIN = [recordings.mp3, recordings.aac, recordings.amr, recordings.wide_amr, recordings.wav]


def refusal(sent: bytes) -> str:
    """The code a file is refused with."""
    with pytest.raises(FileRefusedError) as refused:
        cleaned(sent, 1)
    return refused.value.code


@pytest.mark.parametrize("media_type", TAGGED)
def test_nothing_but_sound_is_left(media_type: str) -> None:
    """No names, no place, no pictures; and a library nobody here wrote still plays it, for as long as before."""
    sent = TAGGED[media_type]()
    assert SECRET in sent

    kind, kept = cleaned(sent, 1)

    read, before = (READERS[media_type](io.BytesIO(one)) for one in (kept, sent))
    assert kind.media_type == media_type
    assert SECRET not in kept
    assert not read.tags
    assert read.info.length == pytest.approx(before.info.length, rel=0.2)


@pytest.mark.parametrize("make", PLAIN, ids=lambda make: make.__name__)
def test_a_plain_recording_stays_as_it_is(make: Callable[[], bytes]) -> None:
    """Byte by byte."""
    assert cleaned(make(), 1)[1] == make()


def test_tags_go_and_every_frame_stays() -> None:
    """Also where a picture in the tags looks like sound."""
    kept = [cleaned(make(), 1)[1] for make in (recordings.tagged_mp3, recordings.tagged_aac, recordings.tagged_wav)]

    assert kept == [recordings.mp3(), recordings.aac(), recordings.wav()]


def test_a_damaged_mp3_keeps_what_can_be_heard() -> None:
    """What lies between two runs of frames is left out, and so is a frame that is cut at the end."""
    sent = recordings.mp3(5) + b"damage" * 20 + recordings.mp3(6) + recordings.mp3(1)[:100]

    assert cleaned(sent, 1)[1] == recordings.mp3(11)


def test_samples_stay_where_an_mp4_says_they_are() -> None:
    """Boxes that go leave their room, so that offsets are right; when it was made is 0."""
    sent = recordings.tagged_m4a()

    kept = cleaned(sent, 1)[1]

    (place,) = struct.unpack_from(">I", kept, kept.index(b"stco") + 12)
    assert kept[place : place + 16] == bytes(range(16))
    assert len(kept) == len(sent)
    for name in (b"mvhd", b"tkhd", b"mdhd"):
        at = kept.index(name) + 8
        assert (any(sent[at : at + 8]), any(kept[at : at + 8])) == (True, False)


def test_what_a_recorder_calls_itself_is_forgotten() -> None:
    """The track's handler has a name, which may be the device's."""
    kept = cleaned(recordings.m4a(name=SECRET), 1)[1]

    assert SECRET not in kept
    assert b"soun" in kept


def test_a_film_is_no_recording() -> None:
    """Nor is what is coded in a way no browser plays."""
    assert refusal(recordings.m4a(handler=b"vide")) == "UNSUPPORTED_FILE_TYPE"
    assert refusal(recordings.m4a(codec=b"samr")) == "UNSUPPORTED_FILE_TYPE"


def test_a_wav_without_its_length_is_taken_whole() -> None:
    """Recorders that were cut off never wrote it."""
    sent = recordings.wav()
    for length in (0, 0xFFFFFFFF):
        assert cleaned(sent[:40] + struct.pack("<I", length) + sent[44:], 1)[1] == sent


FORM = recordings.wav()[12:36]
BROKEN = {
    "mp3, two frames": recordings.mp3(2),
    "mp3, no sound": b"ID3\4\0\0\0\0\0\x04abcd\xff\xfb\x90\x00" + bytes(500),
    "aac, one frame": recordings.aac(1),
    "amr, nothing": b"#!AMR\n",
    "amr, something else behind": recordings.amr() + b"\xff" * 40,
    "wav, no samples": b"RIFF\0\0\0\0WAVE" + FORM,
    "wav, no form": b"RIFF\0\0\0\0WAVE" + chunk(b"data", b"12"),
    "wav, mp3 in it": b"RIFF\0\0\0\0WAVE" + chunk(b"fmt ", struct.pack("<H", 0x55) + bytes(14)) + chunk(b"data", b"12"),
    "mp4, no film": box(b"ftyp", b"M4A ", bytes(4)) + box(b"mdat", b"12"),
    "mp4, cut": recordings.m4a()[:-4],
    "mp4, a box of no length": box(b"ftyp", b"M4A ", bytes(4)) + struct.pack(">I4s", 4, b"moov"),
    "mp4, no times": box(b"ftyp", b"M4A ", bytes(4)) + box(b"moov", box(b"mvhd")),
    "mp4, short times": box(b"ftyp", b"M4A ", bytes(4)) + box(b"moov", box(b"mvhd", b"\1" + bytes(9))),
    "mp4, a swarm of boxes": recordings.m4a() + box(b"stts") * 11_000,
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_refused(sent: bytes) -> None:
    """Whatever its beginning says."""
    assert refusal(sent) == "UNREADABLE_FILE"
