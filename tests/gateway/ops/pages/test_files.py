"""The two files beside the pages: contrast in each set of colours (WCAG 2.2, 1.4.3, 1.4.11), and how they are served."""

import re
from collections.abc import Mapping
from importlib.resources import files

import pytest

from tests.gateway.ops.pages.invented import Invented

CSS = files("gateway.ops.pages").joinpath("pages.css").read_text("utf-8")
SCRIPT = files("gateway.ops.pages").joinpath("ops.js").read_text("utf-8")
_COLOUR = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")
_BLOCKS = {
    "light": r"^:root \{([^}]*)\}",
    "dark": r":root:not\(\[data-theme=\"light\"\]\) \{([^}]*)\}",
    "chosen dark": r":root\[data-theme=\"dark\"\] \{([^}]*)\}",
}
TEXT = [
    *[("ink", ground) for ground in ("ground", "surface", "raised", "ok-ground", "warn-ground", "ill-ground")],
    *[("muted", ground) for ground in ("ground", "surface", "raised")],
    *[("brand", ground) for ground in ("ground", "surface", "raised")],
    *[(level, f"{level}-ground") for level in ("ok", "warn", "ill")],
    *[(level, "surface") for level in ("ok", "warn", "ill")],
    ("on-brand", "brand"),
    ("on-band", "band"),
    ("surface", "ill"),
]
PARTS = [*[(one, "surface") for one in ("edge", "focus", "errors", "p95", "stale")], ("focus", "ground")]


def _sets() -> Mapping[str, dict[str, str]]:
    found = {}
    for name, block in _BLOCKS.items():
        match = re.search(block, CSS, re.MULTILINE)
        assert match is not None
        found[name] = dict(_COLOUR.findall(match[1]))
    return found


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_everything_can_be_read(name: str) -> None:
    """Text at 4.5 to 1 at least, what is drawn at 3 to 1."""
    colours = _sets()[name]

    weak = [pair for pair in TEXT if _contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    faint = [pair for pair in PARTS if _contrast(colours[pair[0]], colours[pair[1]]) < 3]
    assert (weak, faint) == ([], [])


def test_chosen_dark_is_the_browser_s_dark() -> None:
    """The switch gives the same colours as the browser's own wish."""
    sets = _sets()

    assert sets["chosen dark"] == sets["dark"]
    assert sets["dark"].keys() == sets["light"].keys()


def test_the_script_is_small_and_asks_only_us() -> None:
    """Under 300 lines, nothing that writes markup from text, no address of another host."""
    assert len(SCRIPT.splitlines()) < 300
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|document\.write|https?://", SCRIPT)


async def test_files_are_kept_by_their_version() -> None:
    """Named after what is in them; another version's name gets ours, not to be kept."""
    async with Invented().browser() as browser:
        page = (await browser.get("/ops")).text
        names = re.findall(r"/(?:ops|status)/(?:script|style)-[0-9a-f]{16}\.(?:js|css)", page)
        kept = [await browser.get(name) for name in names]
        other = await browser.get("/ops/script-0000000000000000.js")

    assert [answer.headers["content-type"].partition(";")[0] for answer in kept] == ["text/css", "text/javascript"]
    assert all("immutable" in answer.headers["cache-control"] for answer in kept)
    assert (other.text, other.headers["cache-control"]) == (SCRIPT, "no-store")
