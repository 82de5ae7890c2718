"""Pictures made anew from their pixels, so that nothing of the file they came in goes on.

What turns them upright and what makes their colours is applied first; then EXIF with place and device, XMP, comments,
profiles, previews and whatever was appended are gone, because nobody copies them.
"""

import contextlib
import io
import itertools
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin

from gateway.uploads.errors import FileRefusedError, UnreadableError
from gateway.uploads.kinds import GIF, JPEG, WEBP, Kind

_FLAT = {"L", "RGB"}
_ANIMATED = {GIF, WEBP}
_LOSSLESS = b"VP8L"
_QUALITY = 90
_MOST_FRAMES = 1000  # each takes its time, were it of a single pixel
_WEBP_EFFORT = 2  # of 6; more takes seconds for a photograph
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def picture(content: bytes, kind: Kind, most: int) -> bytes:
    """The same picture, and nothing else.

    Raises ``FileRefusedError`` (TOO_MANY_PIXELS) where more than ``most`` would have to be drawn, or too many frames,
    and ``UnreadableError``.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[kind.form or ""]) as opened:
            frames = list(_frames(opened, kind, most))
            return _written(frames, kind, _as_before(opened, kind, content))
    except FileRefusedError:
        raise
    except _BOMBS as error:
        raise FileRefusedError("TOO_MANY_PIXELS", most=most) from error
    except Exception as error:  # decoders raise whatever broken bytes lead them to
        raise UnreadableError from error


def _frames(opened: Image.Image, kind: Kind, most: int) -> Iterator[Image.Image]:
    """Each picture, upright, in colours every screen shows; stills have one. Sizes are looked at before pixels."""
    left, moving = most, kind in _ANIMATED and getattr(opened, "is_animated", False)
    with contextlib.suppress(EOFError):  # behind the last frame
        for place in itertools.count():
            if place:
                opened.seek(place)
            left -= opened.width * opened.height
            if left < 0 or place == _MOST_FRAMES:
                raise FileRefusedError("TOO_MANY_PIXELS", most=most)
            yield _bare(opened, moving=moving)
            if not moving:
                return


def _bare(opened: Image.Image, *, moving: bool) -> Image.Image:
    """The pixels alone; of a still without a second copy of them."""
    opened.load()  # PNG may bring words behind its pixels
    upright = opened
    if moving:
        upright = ImageOps.exif_transpose(opened)
    else:
        ImageOps.exif_transpose(opened, in_place=True)
    profile = upright.info.get("icc_profile")
    kept: dict[Any, Any] = {name: upright.info[name] for name in ("transparency", "duration") if name in upright.info}
    bare = _in_srgb(upright, profile) if profile else upright
    if bare.mode == "CMYK":
        bare = bare.convert("RGB")
    bare.info = kept
    return bare


def _in_srgb(coloured: Image.Image, profile: bytes) -> Image.Image:
    """As a screen shows it that knows no profiles; unchanged where the profile cannot be applied."""
    if coloured.mode not in {"RGB", "RGBA", "CMYK"}:
        return coloured
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if coloured.mode == "RGBA" else "RGB"
        shown = ImageCms.profileToProfile(coloured, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return coloured
    return shown or coloured


def _as_before(opened: Image.Image, kind: Kind, content: bytes) -> dict[str, Any]:
    """How it was compressed: about as large as it was, and no worse each time it is sent."""
    if kind is WEBP:
        return {"lossless": _LOSSLESS in content[:64], "quality": _QUALITY, "method": _WEBP_EFFORT}
    if kind is JPEG and opened.mode in _FLAT:
        sampling = JpegImagePlugin.get_sampling(opened)
        tables = {"qtables": getattr(opened, "quantization", None), "optimize": True}
        return tables | ({"subsampling": sampling} if sampling >= 0 else {})
    return {"quality": _QUALITY} if kind is JPEG else {}


def _written(frames: list[Image.Image], kind: Kind, how: dict[str, Any]) -> bytes:
    first, *rest = frames
    if rest:
        shown = [frame.info.get("duration", 0) for frame in frames]
        how |= {"save_all": True, "append_images": rest, "duration": shown, "loop": 0}
    if rest and kind is GIF:
        how["disposal"] = 2
    out = io.BytesIO()
    first.save(out, kind.form, **how)
    return out.getvalue()
