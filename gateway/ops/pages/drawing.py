"""The templates of these pages, with what they are told in, and the two files that go with them."""

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from auth.pages.style import Style
from gateway.ops.pages.levels import level_named, level_of
from gateway.ops.pages.telling import sentence, short, told_bytes, told_ms, told_share

STYLE_ROUTE = "/status/style-{version}.css"
SCRIPT_ROUTE = "/ops/script-{version}.js"

TEMPLATES = Environment(
    loader=ChoiceLoader([PackageLoader("gateway.ops.pages"), PackageLoader("auth.pages")]),  # sign-on's troubles, too
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
TEMPLATES.globals |= {
    "level_of": level_of,
    "level_named": level_named,
    "ms": told_ms,
    "share": told_share,
    "memory": told_bytes,
    "sentence": sentence,
    "short": short,
}


class Files:
    """Read once, at the start."""

    def __init__(self) -> None:
        self.style = Style("gateway.ops.pages", "pages.css", STYLE_ROUTE)
        self.script = Style("gateway.ops.pages", "ops.js", SCRIPT_ROUTE)
