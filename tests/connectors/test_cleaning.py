"""Rich text of platforms: what comes through is harmless and well-nested (domain-terms D, rich text is sanitised)."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.cleaning import ATTRIBUTES, ELEMENTS, VOID, cleaned

REL = ' rel="nofollow noopener noreferrer"'


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>你好 &amp; <strong>再见</strong></p>", "<p>你好 &amp; <strong>再见</strong></p>"),
        ("一<br>二<br/>三", "一<br>二<br>三"),
        ("1 < 2 &lt;b&gt;", "1 &lt; 2 &lt;b&gt;"),
        ('<p style="x" class="y" onclick="z()">好</p>', "<p>好</p>"),
        ("<div><p>外</p></div>", "<p>外</p>"),
        ("<p>一<b>二</p>三</b>", "<p>一<b>二</b></p><b>三</b>"),
        ("<ul><li>一<li>二</ul>", "<ul><li>一</li><li>二</li></ul>"),
        ("</b>多余", "多余"),
        ("<!-- 注 --><!DOCTYPE html><?php x ?>文", "文"),
        ('<table><td colspan="2" rowspan="999999">x', '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'),
        ('<img src="https://a.example/1.png" alt="图" onerror="x()">', '<img src="https://a.example/1.png" alt="图">'),
    ],
)
def test_what_may_stay_stays(html: str, clean: str) -> None:
    """Elements and attributes on the lists stay, others go and leave their text; what is open is closed."""
    assert cleaned(html).html == clean


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x></SCRIPT>",
        "<style>p{}</style>",
        '<iframe src="https://evil.example">x</iframe>',
        "<svg><script>alert(1)</script><g>x</g></svg>",
        '<math><mtext><img src=x onerror="x"></mtext></math>',
        '<object data="x">y</object>',
        "<form><textarea>x</textarea></form>",
        "<template><p>x</p></template>",
        "<script>alert(1)",
    ],
)
def test_what_is_no_text_goes_whole(html: str) -> None:
    """With all that is in it, and nothing else."""
    assert cleaned(html).html == ""
    assert cleaned(f"前{html}").html == "前"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/x",
        "/path",
        "https://",
        "http://[",
        "https://a.example/\u0000",
    ],
)
def test_links_that_are_no_web_addresses_go(link: str) -> None:
    """The text of the link stays."""
    assert cleaned(f'<a href="{link}">字</a>').html == f"<a{REL}>字</a>"
    assert cleaned(f"<img src='{link}'>").html == "<img>"


def test_a_link_gives_nothing_away() -> None:
    """It leads out with a relation that keeps the page's own to itself."""
    html = '<a href="https://a.example/?a=1&amp;b=&quot;" title="&lt;t&gt;" target="_top">字</a>'

    expected = f'<a href="https://a.example/?a=1&amp;b=&quot;" title="&lt;t&gt;"{REL}>字</a>'
    assert cleaned(html).html == expected


ENDLESS = {
    "depth": "<ul><li>" * 50_000,
    "end tags": "<i><span>" * 5000 + "</table></li>" * 50_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "attributes without blanks": "<p " + "".join(f'a{n}=""' for n in range(100_000)) + ">",
    "formatting": "".join(f"<b id={n}>" for n in range(2500)) + "<p>x</p>" * 2500,
}


@pytest.mark.parametrize("html", ENDLESS.values(), ids=ENDLESS)
def test_what_holds_more_than_any_page_keeps_its_text_alone(html: str) -> None:
    """Reading it as browsers do would take minutes, or fill the memory."""
    clean = cleaned(f"{html}底 &amp; 1 < 2").html

    assert clean.endswith("底 &amp;amp; 1 &lt; 2")
    assert "<" not in clean


def test_a_long_page_keeps_its_elements() -> None:
    """What people write, and what office programs make of it, is far from that."""
    html = "".join(f'<p class="x{n}"><span style="a: b">段 {n}</span></p>' for n in range(2000))

    assert cleaned(html).html.count("<p><span>段") == 2000


class _Reader(HTMLParser):
    """Notes what a page would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.found.append((tag, tuple(name for name, _ in attrs)))


TAGS = ("<", ">", "</", "/>", "<script", "</script>", "<p", "<a", "<svg>", "</svg>", "<!--", "-->", "<![CDATA[", "]]>")
WORDS = ("href=", "on", "'", '"', "javascript:", "https://a.example", "&lt;", "&#x3c;", "字")
PIECES = st.sampled_from(TAGS + WORDS)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=20).map("".join))
def test_nothing_else_comes_through(html: str) -> None:
    """Whatever is cleaned holds elements and attributes of the lists only, and cleaning it again changes nothing."""
    clean = cleaned(html).html
    reader = _Reader()
    reader.feed(clean)
    reader.close()

    for tag, names in reader.found:
        assert tag in ELEMENTS | VOID
        assert set(names) <= {*ATTRIBUTES.get(tag, ()), "rel"}
    assert cleaned(clean).html == clean
