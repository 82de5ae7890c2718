"""``tongxin factor``: inviting, listing, resetting."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.cli import app

ZHOU = ("zhezhengding", "GE_zhou")


@pytest.fixture
def factor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command in front of an empty database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "invented-secret-of-the-tests-0123456789")
    return lambda *arguments: CliRunner().invoke(app, ["factor", *arguments])


def test_an_invitation_is_shown_once_and_listed_without_its_code(factor: Callable[..., Any]) -> None:
    """The code alone is on standard output, for a script; the list tells until when it is good."""
    made = factor("invite", *ZHOU)
    listed = factor("list", "--json")

    code = made.stdout.strip()
    assert (made.exit_code, len(code)) == (0, 43)
    assert "once" in made.stderr
    (row,) = json.loads(listed.output)
    assert (row["platform"], row["account"], row["enrolled_at"]) == (*ZHOU, None)
    assert row["invited_until"]
    told = factor("list").output
    assert re.fullmatch(r"zhezhengding  GE_zhou  invited until 20\d\d-\d\d-\d\d \d\d:\d\dZ\n", told)
    assert code not in listed.output


def test_an_invitation_for_a_program(factor: Callable[..., Any]) -> None:
    """JSON, with the moment it ends."""
    told = json.loads(factor("invite", *ZHOU, "--json").output)

    assert set(told) == {"code", "expires_at"}


def test_the_next_invitation_takes_the_place_of_the_one_before(factor: Callable[..., Any]) -> None:
    """An account has one at most."""
    factor("invite", *ZHOU)
    factor("invite", *ZHOU)

    assert len(json.loads(factor("list", "--json").output)) == 1


def test_a_reset_takes_an_invitation_back(factor: Callable[..., Any]) -> None:
    """A second one finds nothing and says so."""
    factor("invite", *ZHOU)

    first, second = factor("reset", *ZHOU), factor("reset", *ZHOU)

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "nothing" in second.stderr
    assert json.loads(factor("list", "--json").output) == []


@pytest.mark.parametrize("command", ["invite", "reset"])
@pytest.mark.parametrize(("platform", "code"), [("zheliban", "GE_zhou"), ("zhezhengding", "two words")])
def test_an_account_nobody_could_have_is_refused(
    factor: Callable[..., Any], command: str, platform: str, code: str
) -> None:
    """In one line."""
    ran = factor(command, platform, code)

    assert ran.exit_code == 1
    assert ran.stderr.count("\n") == 1
