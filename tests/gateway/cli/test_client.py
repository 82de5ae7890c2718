"""``tongxin client``: registering front ends and partner systems."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.cli import app

MAY = ["--grant", "client_credentials", "--scope", "opinion:read"]


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command in front of an empty database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "invented-secret-of-the-tests-0123456789")
    return lambda *arguments: CliRunner().invoke(app, ["client", *arguments])


def test_a_client_has_the_origins_of_its_pages(client: Callable[..., Any]) -> None:
    """They are given at its registration and listed, for people and for programs."""
    pages = ["https://app.example.cn", "http://127.0.0.1:5173"]

    made = client("create", "studio pages", *MAY, "--origin", pages[0], "--origin", pages[1], "--json")
    told, listed = client("list"), client("list", "--json")

    assert made.exit_code == 0
    (row,) = json.loads(listed.output)
    assert (row["client_id"], row["origins"]) == (json.loads(made.output)["client_id"], sorted(pages))
    assert all(page in told.output for page in pages)


def test_what_is_no_origin_is_one_line(client: Callable[..., Any]) -> None:
    """It is named, with what an origin looks like; nothing is registered."""
    made = client("create", "studio pages", *MAY, "--origin", "https://app.example.cn/page")

    assert made.exit_code == 1
    assert "https://app.example.cn/page" in made.output
    assert made.output.count("\n") == 1
    assert client("list").output == ""
