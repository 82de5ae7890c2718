"""Pictures as phones send them: with place, device, comment, and the side that is up told apart from the pixels."""

import io

from PIL import Image, ImageCms, PngImagePlugin

SECRET = b"Secret-Phone"
PLACE = 34853
TURNED_LEFT = 6


def snapshot(
    form: str, *, size: tuple[int, int] = (40, 20), mode: str = "RGB", orientation: int = TURNED_LEFT
) -> bytes:
    """A picture, red on its left and blue on its right, with all the metadata the form takes."""
    picture = Image.new(mode, size, "red")
    picture.paste(Image.new(mode, (size[0] // 2, size[1]), "blue"), (size[0] // 2, 0))
    told = picture.getexif()
    told[0x0112] = orientation
    told[0x0110] = SECRET.decode()
    told.get_ifd(PLACE).update({1: "N", 2: (28.0, 51.0, 30.0), 3: "E", 4: (121.0, 8.0, 0.0)})
    out = io.BytesIO()
    more: dict[str, object] = {"exif": told.tobytes()}
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    if form == "JPEG":
        more |= {"comment": SECRET, "xmp": packet, "quality": 80}
    elif form == "WEBP":
        more |= {"xmp": packet}
    elif form == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", SECRET.decode())
        words.add_itxt("XML:com.adobe.xmp", packet.decode())
        words.add(b"tEXt", b"Author\0" + SECRET, after_idat=True)
        more |= {"pnginfo": words, "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
    else:
        more = {"comment": SECRET}
    picture.save(out, form, **more)
    return out.getvalue()


def film(form: str, frames: int = 3, size: tuple[int, int] = (8, 8)) -> bytes:
    """An animation, each frame of another grey."""
    pictures = [Image.new("RGB", size, (10 * place, 10 * place, 10 * place)) for place in range(frames)]
    out = io.BytesIO()
    pictures[0].save(out, form, save_all=True, append_images=pictures[1:], duration=100, loop=0)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture, its pixels read."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture
