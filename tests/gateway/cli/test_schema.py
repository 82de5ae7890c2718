"""``tongxin schema``: a breaking change is refused before callers meet it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gateway.cli import app
from schema.languages import sdl

WITHOUT_PHONE = sdl("en").replace("\n  phone: String\n", "\n  telephone: String\n", 1)


def run(*words: str, given: str | None = None) -> Result:
    """As from a shell."""
    return CliRunner().invoke(app, ["schema", *words], input=given)


def test_the_code_breaks_nothing_that_is_committed() -> None:
    """As long as the changelog names what changed."""
    told = run("check")

    assert told.exit_code == 0, told.output


def test_a_breaking_change_is_refused_with_the_documents_it_breaks(tmp_path: Path) -> None:
    """Those the project knows: the operations of its tests."""
    new = tmp_path / "new.graphql"
    new.write_text(WITHOUT_PHONE)

    told = run("check", str(new))

    assert told.exit_code == 1
    assert "not in the changelog: name `Studio.phone`" in told.output
    assert "02-studio-page.graphql would be refused" in told.output


def test_the_changelog_lets_it_through(tmp_path: Path) -> None:
    """Where the next release names each."""
    new, changelog = tmp_path / "new.graphql", tmp_path / "CHANGELOG.md"
    new.write_text(WITHOUT_PHONE)
    changelog.write_text("## [Unreleased]\n\n### Removed\n\n- `Studio.phone`\n")

    told = run("check", str(new), "--changelog", str(changelog))

    assert told.exit_code == 0, told.output
    assert "named in the changelog" in told.output


def test_an_earlier_schema_is_read_from_the_input(tmp_path: Path) -> None:
    """As ``git show`` gives it, with documents of one's own, told to programs."""
    own = tmp_path / "own.graphql"
    own.write_text('{ studio(id: "x") { fax } }')
    earlier = sdl("en").replace("type Studio implements Node {", "type Studio implements Node {\n  fax: String", 1)

    told = run("check", "--against", "-", "--documents", str(own), "--json", given=earlier)

    assert told.exit_code == 1
    [breaking] = json.loads(told.output)["breaking"]
    assert breaking["change"]["coordinate"] == "Studio.fax"
    assert breaking["documents"] == ["own.graphql"]


def test_trusted_documents_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were imported, and manifests that are named; by the manifest and the document's id."""
    trusted, named, new = tmp_path / "data/documents/app.json", tmp_path / "next.json", tmp_path / "new.graphql"
    trusted.parent.mkdir(parents=True)
    for manifest in (trusted, named):
        manifest.write_text(json.dumps({"page": '{ studio(id: "x") { phone } }'}))
    new.write_text(WITHOUT_PHONE)
    monkeypatch.setenv("TONGXIN_DATA_DIR", str(tmp_path / "data"))

    told = run("check", str(new), "--documents", str(named))

    assert "  used by app/page\n" in told.output
    assert "  used by next/page\n" in told.output


def test_a_text_that_is_no_schema_is_told_in_a_line(tmp_path: Path) -> None:
    """Without a trace."""
    wrong = tmp_path / "wrong.graphql"
    wrong.write_text("type Query {")

    told = run("check", str(wrong))

    assert told.exit_code == 2
    assert "no schema: Syntax Error" in told.output


def test_differences_are_shown(tmp_path: Path) -> None:
    """All of them, the worst first."""
    new = tmp_path / "new.graphql"
    new.write_text(WITHOUT_PHONE)

    lines = run("diff", str(new)).output.splitlines()

    assert lines[0].startswith("breaking   Field Studio.phone was removed")
    assert lines[-1].startswith("safe       Field ")
