"""Recordings as phones make them, and the tags that tell who made them and where."""

import io
import struct
import wave

from mutagen.apev2 import APEv2
from mutagen.id3 import APIC, COMM, ID3, TPE1
from mutagen.mp4 import MP4

SECRET = b"Secret-Place"
_NAME = SECRET.decode()
_MP3_FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG-1, layer III, 128 kbit/s, 44.1 kHz
_ADTS_FRAME = b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)  # AAC-LC, 44.1 kHz, 16 bytes
_DECODER = b"\x04\x11\x40\x15" + bytes(11) + b"\x05\x02\x12\x08"  # AAC-LC, 44.1 kHz, mono (ISO/IEC 14496-1)
_ESDS = struct.pack(">I4sI", 39, b"esds", 0) + b"\x03\x19\x00\x01\x00" + _DECODER + b"\x06\x01\x02"


def mp3(frames: int = 20) -> bytes:
    """Silence."""
    return _MP3_FRAME * frames


def tagged_mp3() -> bytes:
    """With ID3 in front and at the end, a picture whose bytes look like sound, and APE tags."""
    file = io.BytesIO(mp3())
    told = ID3()
    told.add(TPE1(encoding=3, text=[_NAME]))
    told.add(COMM(encoding=3, lang="zho", desc="", text=[_NAME]))
    told.add(APIC(encoding=3, mime="image/jpeg", type=3, desc=_NAME, data=b"\xff\xd8" + _MP3_FRAME * 3))
    told.save(file, v1=2)
    apes = APEv2()
    apes["Artist"] = _NAME
    apes.save(file)
    return file.getvalue()


def aac(frames: int = 20) -> bytes:
    """The same as AAC in ADTS."""
    return _ADTS_FRAME * frames


def tagged_aac() -> bytes:
    """With ID3 in front, as live streams have it."""
    file = io.BytesIO()
    told = ID3()
    told.add(TPE1(encoding=3, text=[_NAME]))
    told.save(file)
    return file.getvalue() + aac()


def amr(frames: int = 20) -> bytes:
    """The same as AMR at 12.2 kbit/s."""
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * frames


def wide_amr(frames: int = 20) -> bytes:
    """The same as AMR-WB at 23.85 kbit/s."""
    return b"#!AMR-WB\n" + (b"\x44" + bytes(60)) * frames


def wav() -> bytes:
    """A tenth of a second."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(range(200)) * 8)
    return out.getvalue()


def tagged_wav() -> bytes:
    """With LIST, bext and ID3 around the samples."""
    told = ID3()
    told.add(TPE1(encoding=3, text=[_NAME]))
    tags = io.BytesIO()
    told.save(tags)
    whole = wav()
    chunks = chunk(b"LIST", b"INFOIART" + struct.pack("<I", len(SECRET)) + SECRET) + chunk(b"bext", SECRET)
    body = whole[12:36] + chunks + whole[36:] + chunk(b"id3 ", tags.getvalue())
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a RIFF file."""
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def box(name: bytes, *contents: bytes) -> bytes:
    """A box of an MP4 file."""
    content = b"".join(contents)
    return struct.pack(">I4s", 8 + len(content), name) + content


def m4a(handler: bytes = b"soun", codec: bytes = b"mp4a", name: bytes = b"") -> bytes:
    """One sample in one chunk, made on a certain day."""
    made = struct.pack(">III", 0, 3_800_000_000, 3_800_000_001)  # version and flags, created, changed
    entry = box(codec, bytes(6), b"\0\1", bytes(8), struct.pack(">HHHHI", 1, 16, 0, 0, 44100 << 16), _ESDS)
    tables = (
        box(b"stsd", struct.pack(">II", 0, 1), entry),
        box(b"stts", struct.pack(">IIII", 0, 1, 1, 1024)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
        box(b"stsz", struct.pack(">III", 0, 16, 1)),
    )

    def movie(offset: int) -> bytes:
        media = box(
            b"mdia",
            box(b"mdhd", made, struct.pack(">IIHH", 44100, 1024, 0x55C4, 0)),
            box(b"hdlr", bytes(8), handler, bytes(12), name, b"\0"),
            box(
                b"minf", box(b"smhd", bytes(8)), box(b"stbl", *tables, box(b"stco", struct.pack(">III", 0, 1, offset)))
            ),
        )
        header = box(b"mvhd", made, struct.pack(">IIIH", 44100, 1024, 0x10000, 0x100), bytes(70), struct.pack(">I", 2))
        return box(b"moov", header, box(b"trak", box(b"tkhd", made, bytes(72)), media))

    kind = box(b"ftyp", b"M4A ", bytes(4), b"M4A isom")
    return kind + movie(len(kind) + len(movie(0)) + 8) + box(b"mdat", bytes(range(16)))


def tagged_m4a() -> bytes:
    """With tags of iTunes, a place in three forms, XMP, and what an editor left over."""
    file = io.BytesIO(m4a())
    tags = MP4(file)
    tags["\xa9ART"] = _NAME
    tags.save(file)
    places = box(b"udta", box(b"\xa9xyz", SECRET), box(b"loci", SECRET)), box(b"meta", bytes(4), SECRET)
    return file.getvalue() + box(b"uuid", bytes(16), SECRET) + box(b"free", SECRET) + b"".join(places)


TAGGED = {
    "audio/mpeg": tagged_mp3,
    "audio/aac": tagged_aac,
    "audio/mp4": tagged_m4a,
    "audio/wav": tagged_wav,
}
"""By the type each is recognised as."""
