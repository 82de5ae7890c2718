"""Every cause and every alert leads to a page that is there, in both languages."""

import re
from pathlib import Path

import pytest
import yaml

from gateway.cli.drilling.scenarios import SCENARIOS
from gateway.ops.cause_words import WORDS, runbook

ROOT = Path(__file__).parents[2]
RUNBOOK = ROOT / "docs/ops/runbook"
PAGES = sorted(RUNBOOK.glob("*.md"))
ALERTS = {
    rule["alert"]: rule["annotations"]["runbook_url"]
    for file in (ROOT / "docker/prometheus/rules").glob("*.yml")
    for group in yaml.safe_load(file.read_text())["groups"]
    for rule in group["rules"]
    if "alert" in rule
}
LEADS = {str(kind): runbook(kind) for kind in [*WORDS, "credentials"]} | ALERTS
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
DRILL = re.compile(r"tongxin drill run ([a-z-]+)")
MOST_LINES = 60
"""A screen."""


@pytest.mark.parametrize("name", LEADS)
def test_a_cause_or_alert_has_its_page(name: str) -> None:
    """In English and in Chinese, and the page says that it is about it."""
    page = ROOT / LEADS[name]

    for language in (page, page.with_suffix(".zh-CN.md")):
        assert language.parent == RUNBOOK
        assert f"`{name}`" in language.read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_short_and_leads_nowhere_in_vain(page: Path) -> None:
    """Its links are to what is there, its drill is one that there is, its twin is there."""
    text = page.read_text()
    chinese = page.name.endswith(".zh-CN.md")
    twin = page.name.replace(".zh-CN.md", ".md") if chinese else page.name.replace(".md", ".zh-CN.md")

    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []
    assert set(DRILL.findall(text)) <= set(SCENARIOS)
    assert f"]({twin})" in text
    assert len(text.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("index", ["README.md", "README.zh-CN.md"])
def test_the_index_lists_every_page(index: str) -> None:
    """Of its own language."""
    ending = ".zh-CN.md" if index.endswith(".zh-CN.md") else ".md"
    mine = {page.name for page in PAGES if page.name.endswith(".zh-CN.md") is (ending == ".zh-CN.md")} - {index}

    linked = set(LINK.findall((RUNBOOK / index).read_text()))

    assert mine <= linked
