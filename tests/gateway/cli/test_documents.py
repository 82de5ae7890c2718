"""``tongxin documents``: a front end's build hands over what its pages will ask for."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from gateway.cli import app
from gateway.persisted.manifest import hash_of
from tests.stack import OpenGateway, operation

STUDIO, SEARCH = operation("01"), operation("20")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a folder of its own; what is not text is a manifest, written to a file first."""
    monkeypatch.chdir(tmp_path)

    def command(*words: Any) -> Result:
        for at, word in enumerate(words):
            if not isinstance(word, str):
                (tmp_path / f"given{at}.json").write_text(json.dumps(word))
        told = [word if isinstance(word, str) else f"given{at}.json" for at, word in enumerate(words)]
        return CliRunner().invoke(app, ["documents", *told])

    return command


def test_a_manifest_is_kept_and_its_costs_are_told(run: Run, tmp_path: Path) -> None:
    """Before anybody sends one of them."""
    imported = run("import", {"studios": STUDIO, "search": SEARCH}, "--name", "h5-2026.11")
    listed = run("list", "--json")

    assert imported.exit_code == 0, imported.output
    rows = {row["id"]: row for row in json.loads(listed.output)}
    assert rows.keys() == {"studios", "search"}
    assert rows["search"]["manifest"] == "h5-2026.11"
    assert rows["search"]["operations"] == ["Search"]
    assert rows["search"]["sha256"] == hash_of(SEARCH)
    assert rows["search"]["points"] > 100
    assert f"{rows['search']['points']} points" in imported.output
    assert [path.name for path in (tmp_path / "var/documents").iterdir()] == ["h5-2026.11.json"]


def test_one_document_that_cannot_be_run_stops_all(run: Run) -> None:
    """Each is named with its reason, and nothing is kept."""
    told = run("import", {"right": STUDIO, "old": "{ studio { phone } }", "cut": "{ studios(", "two": "{ nothing }"})

    assert told.exit_code == 1
    assert "old: Argument 'Query.studio(id:)'" in told.output
    assert "cut: Syntax Error" in told.output
    assert "two: Cannot query field 'nothing'" in told.output
    assert json.loads(run("list", "--json").output) == []


def test_an_id_keeps_its_text(run: Run) -> None:
    """Another front end's manifest cannot change it; its own next release can."""
    assert run("import", {"a": STUDIO}, "--name", "h5").exit_code == 0

    other = run("import", {"a": SEARCH}, "--name", "web")
    own = run("import", {"a": SEARCH}, "--name", "h5")

    assert other.exit_code == 1
    assert "a stands for another text in h5" in other.output
    assert own.exit_code == 0
    assert [row["sha256"] for row in json.loads(run("list", "--json").output)] == [hash_of(SEARCH)]


def test_a_manifest_is_dropped(run: Run) -> None:
    """A second time there is none."""
    run("import", {"a": STUDIO}, "--name", "h5")

    first, second = run("drop", "h5"), run("drop", "h5")

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "no manifest is called h5" in second.output
    assert json.loads(run("list", "--json").output) == []


@pytest.mark.parametrize("name", ["../h5", ".h5", "a/b", "", "a" * 101])
def test_a_name_stays_in_the_folder(run: Run, name: str) -> None:
    """It becomes a file's."""
    told = run("drop", name)

    assert told.exit_code == 2


def test_what_is_no_manifest_is_told(run: Run) -> None:
    """In a line."""
    told = run("import", ["a"])

    assert told.exit_code == 1
    assert "given1.json: neither a JSON object" in told.output


async def test_a_running_gateway_takes_them_up(run: Run, tmp_path: Path, open_gateway: OpenGateway) -> None:
    """Where only trusted documents run, a page's own does, by its id, and nothing else."""
    documents = {"only_trusted": True, "folder": tmp_path / "var/documents"}
    async with open_gateway(documents=documents) as gateway:
        run("import", {"search": SEARCH})
        named = {"documentId": "search", "variables": {"text": "法律服务", "first": 5}}
        answer = await gateway.client.post("/graphql", json=named)
        other = await gateway.query("{ __typename }")

    assert answer.json()["data"]["search"]["edges"]
    assert other["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"
