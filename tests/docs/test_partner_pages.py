"""What the partners' pages say is what the code does, and what they show stands in the files they name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.assertions import LONGEST_LIFE_SECONDS
from auth.client import AuthMethod, GrantType
from auth.roles import ROLES_OF_SCOPE
from auth.server.token_exchange import TICKET_TYPE_PREFIX
from auth.settings import AuthSettings
from connectors.records.identity import TicketForm
from gateway.errors.refusals_page import refusals_page

DOCS = Path(__file__).parents[2] / "docs"
PARTNERS = DOCS / "partners"
PAGES = sorted(
    [
        *PARTNERS.rglob("*.md"),
        DOCS / "front-end.md",
        DOCS / "ops.md",
        *(DOCS / "ops").glob("README*"),
        *(DOCS / "adr").glob("000[78]*.md"),
    ]
)
LANGUAGES = {"python": "py", "ts": "ts", "java": "java", "js": "js", "sh": "sh"}
SHOWN = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
LIFETIME = re.compile(r"(\d+) (?:to (\d+) )?s\b")


def rows_of(page: str, columns: int) -> list[list[str]]:
    """The rows of a page's tables that have so many columns, headings left out."""
    lines = [line for line in (PARTNERS / page).read_text().splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if len(row) == columns and not set(row[0]) <= {"-"} and row[0].startswith("`")]


def anchors_of(path: Path) -> set[str]:
    """How GitHub names the headings of a page."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(path.read_text()))
    return {name.strip().replace(" ", "-") for name in kept}


def shown_lines() -> Iterator[tuple[str, str, str]]:
    """Every line of code on a quickstart's page: page, ending of the files beside it, line."""
    for page in (PARTNERS / "quickstarts").glob("*/README.md"):
        for language, code in SHOWN.findall(page.read_text()):
            if "npm ci" in code or "java Quickstart.java" in code or ".venv/bin/tongxin" in code:
                continue  # commands to type
            yield from ((page.parent.name, LANGUAGES[language], line) for line in code.splitlines() if line.strip())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """Files and headings that a page links to are there."""
    for name, anchor in LINK.findall(page.read_text()):
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page}: {name}"
        if anchor and target.suffix == ".md":
            assert anchor[1:] in anchors_of(target), f"{page}: {name}{anchor}"


def test_shown_code_is_the_file_s() -> None:
    """A page shows lines of the files beside it, as they stand there but for how far they are indented."""
    lines = list(shown_lines())

    assert len(lines) > 30
    for folder, ending, line in lines:
        files = (PARTNERS / "quickstarts" / folder).glob(f"*.{ending}")
        assert line.strip() in {there.strip() for file in files for there in file.read_text().splitlines()}, line


def test_lines_of_the_back_channel_are_the_file_s() -> None:
    """The page on logout shows lines of the Python file."""
    code = (PARTNERS / "quickstarts/python/back_channel.py").read_text()
    (shown,) = (text for language, text in SHOWN.findall((PARTNERS / "logout.md").read_text()) if language == "python")

    assert shown in code


def test_every_scope_is_told_with_who_can_give_it() -> None:
    """The table of scopes is ``ROLES_OF_SCOPE``."""
    told = {row[0].strip("`"): set(row[2].split(", ")) for row in rows_of("scopes.md", 3)}

    assert told == {scope.value: {role.value for role in roles} for scope, roles in ROLES_OF_SCOPE.items()}


def test_lifetimes_are_the_defaults() -> None:
    """Each row of the table names settings, and their defaults in the same order."""
    settings = AuthSettings().model_dump()
    lines = [line for line in (PARTNERS / "tokens.md").read_text().splitlines() if "`auth." in line and "|" in line]

    assert len(lines) == 10
    for line in lines:
        names = [name.removeprefix("auth.").split(".") for name in re.findall(r"`(auth\.[a-z_.]+)`", line)]
        told = [int(number[0]) for number in LIFETIME.findall(line)]
        assert told == [settings[name[0]] if len(name) == 1 else settings[name[0]][name[1]] for name in names], line
    assert f"at most {LONGEST_LIFE_SECONDS} s" in (PARTNERS / "tokens.md").read_text()


def test_every_grant_method_and_ticket_is_told() -> None:
    """Nothing that can be registered is left out."""
    registering = (PARTNERS / "registering.md").read_text()
    everything = "".join(page.read_text() for page in PARTNERS.glob("*.md"))
    in_app = (PARTNERS / "in-app.md").read_text()

    assert [method for method in AuthMethod if f"`{method}`" not in registering] == []
    assert [grant for grant in GrantType if grant.value not in everything] == []
    redirected = {TicketForm.DUTY_OIDC}  # its code is of no use without the leg that asked for it
    assert [form for form in TicketForm if f"`{form}`" not in in_app and form not in redirected] == []
    assert TICKET_TYPE_PREFIX in in_app


def test_the_page_of_errors_is_current() -> None:
    """``docs/partners/errors.md`` is what the refusals print (``python -m gateway.errors.refusals_page``)."""
    assert (PARTNERS / "errors.md").read_text() == refusals_page()


def test_ops_tells_the_defaults() -> None:
    """The table of the second factor is the settings'."""
    ops, factor = (DOCS / "ops.md").read_text(), AuthSettings().factor

    for name, told in re.findall(r"\| (\d+)(?: s)? \| `(\w+)` \|", ops):
        assert getattr(factor, told) == int(name)
