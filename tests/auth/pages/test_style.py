"""The style sheet, computed: contrast in each set of colours (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11), elder mode's size."""

import re
from collections.abc import Mapping
from importlib.resources import files

import pytest

CSS = files("auth.pages").joinpath("style.css").read_text("utf-8")
_BLOCK = re.compile(r"(@media \(prefers-color-scheme: dark\) \{\s*)?(:root|\.elder) \{([^}]*)\}")
_COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")
TEXT = [
    ("ink", "surface"),
    ("ink", "ground"),
    ("ink", "raised"),
    ("muted", "surface"),
    ("muted", "ground"),
    ("brand", "surface"),
    ("brand", "ground"),
    ("brand", "raised"),
    ("brand-strong", "raised"),
    ("brand-strong", "ground"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-band", "band"),
    ("bad", "surface"),
    ("bad", "bad-ground"),
    ("good", "good-ground"),
    ("warn", "warn-ground"),
]
PARTS = [("edge", "surface"), ("focus", "surface"), ("focus", "ground"), ("on-band", "band"), ("bad", "surface")]
SETS = ("light", "dark", "elder", "elder dark")


def _sets() -> Mapping[str, dict[str, str]]:
    """Each set with what it takes over from the one before."""
    found = ((name, bool(dark), dict(_COLOUR.findall(body))) for dark, name, body in _BLOCK.findall(CSS))
    blocks = {(name, dark): colours for name, dark, colours in found if colours}
    light, dark = blocks[":root", False], blocks[":root", False] | blocks[":root", True]
    # elder's own light colours come later than the dark ones: those must all be named again
    return {
        "light": light,
        "dark": dark,
        "elder": light | blocks[".elder", False],
        "elder dark": dark | blocks[".elder", False] | blocks[".elder", True],
    }


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(name: str, front: str, back: str) -> None:
    """At least 4.5 to 1 everywhere, 7 to 1 in elder mode."""
    colours = _sets()[name]

    assert _contrast(colours[front], colours[back]) >= (7 if "elder" in name else 4.5)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("front", "back"), PARTS)
def test_parts_can_be_seen(name: str, front: str, back: str) -> None:
    """Edges of fields and buttons and the focus stand out by at least 3 to 1."""
    colours = _sets()[name]

    assert _contrast(colours[front], colours[back]) >= 3


def test_elder_mode_is_larger() -> None:
    """At least 1.4 times, and everything with it: sizes are relative, but for hairlines."""
    elder = re.search(r"\.elder \{[^}]*font-size: ([0-9]+)%", CSS)
    sizes = re.findall(r"(?:font-size|font|min-height|padding|margin): ?([^;]*[0-9]px[^;]*);", CSS)

    assert elder is not None
    assert int(elder[1]) >= 140
    assert sizes == ["-1px"]  # what only readers see


def test_zoom_and_motion_are_the_readers_choice() -> None:
    """Nothing moves for who wants it still, and focus is never hidden."""
    moving = [line for line in CSS.splitlines() if "transition" in line or "animation" in line]

    assert "@media (prefers-reduced-motion: no-preference)" in CSS
    assert len(moving) == 1
    assert re.findall(r"[^}]*\{ outline: none; \}", CSS) == ["\nmain:focus { outline: none; }"]
