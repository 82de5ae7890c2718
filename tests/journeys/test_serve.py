"""The commands, as a new user runs them: serve, be somebody, ask, stop."""

import base64
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from gateway.cli import app
from gateway.platforms import PLATFORMS
from tests.servers import free_port
from tests.stack import operation

TONGXIN = [sys.executable, "-m", "gateway.cli"]


@dataclass
class Served:
    """A running ``tongxin serve --sandbox``: what it printed until it was ready, and its surroundings."""

    process: subprocess.Popen[str]
    printed: str
    environment: dict[str, str]

    def run(self, *arguments: str) -> Any:
        """Run another command in the same surroundings."""
        return CliRunner().invoke(app, list(arguments), env=self.environment)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Ports and a data folder of its own: settings are all it takes to run it elsewhere."""
    folder = tmp_path_factory.mktemp("serve")
    own = {
        "TONGXIN_PORT": str(free_port()),
        "TONGXIN_DATA_DIR": str(folder),
        "TONGXIN_AUTH__DATABASE_URL": f"sqlite+aiosqlite:///{folder}/tongxin.db",
    }
    ports = {f"TONGXIN_{one.prefix.upper()}__BASE_URL": f"http://127.0.0.1:{free_port()}" for one in PLATFORMS}
    return dict(os.environ) | own | ports


@pytest.fixture(scope="module")
def served(environment: dict[str, str]) -> Iterator[Served]:
    """Start it, wait for the query to paste, and end it as Ctrl-C does."""
    process = subprocess.Popen(
        [*TONGXIN, "serve", "--sandbox"], env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if line.startswith("curl"):
            break
    yield Served(process, printed, environment)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    process.wait(20)
    process.stdout.close()


def test_the_printed_query_answers_from_three_platforms(served: Served) -> None:
    """The query it prints, pasted, answers a studio's page without error."""
    (command,) = [line for line in served.printed.splitlines() if line.startswith("curl")]

    answer = json.loads(subprocess.run(shlex.split(command), capture_output=True, check=True).stdout)

    studio = answer["data"]["studio"]
    assert "errors" not in answer
    assert studio["name"]
    assert any(member["official"] for member in studio["members"]["nodes"])
    assert studio["statistics"]["followers"] > 0


@pytest.mark.parametrize("who", ["citizen", "member", "official", "staff", "moderator", "ops", "partner"])
def test_one_can_be_anybody(served: Served, who: str) -> None:
    """``tongxin token`` walks the real sign-in for every role, and prints the token alone."""
    ran = served.run("token", "--as", who)

    assert ran.exit_code == 0, ran.stderr
    assert ran.stdout.count(".") == 2
    assert ran.stdout.count("\n") == 1


def test_a_token_opens_ones_own_fields(served: Served) -> None:
    """A citizen's token runs the studio page whole."""
    token = served.run("token", "--as", "citizen").stdout.strip()
    span = {"from": "2026-03-02T00:00:00+08:00", "to": "2026-03-09T00:00:00+08:00"}
    body = {"query": operation("02"), "variables": {"id": "U3R1ZGlvOlMzMzEwMDIwMDAy"} | span}
    address = f"http://127.0.0.1:{served.environment['TONGXIN_PORT']}/graphql"

    answer = httpx.post(address, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=20).json()

    assert "errors" not in answer
    assert answer["data"]["studio"]["viewerFollows"] in {True, False}


def test_the_member_one_is_has_questions_to_answer(served: Served) -> None:
    """The workbench shows a studio with questions that wait; operations of members can be tried at once."""
    token = served.run("token", "--as", "member").stdout.strip()
    body = {"query": operation("03"), "variables": {"year": 2026}}
    address = f"http://127.0.0.1:{served.environment['TONGXIN_PORT']}/graphql"

    answer = httpx.post(address, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=20).json()

    studios = answer["data"]["viewer"]["member"]["studios"]
    assert any(studio["waitingQuestions"]["edges"] for studio in studios)


def test_an_unknown_person_is_told_in_one_line(served: Served) -> None:
    """A person that is not there is an error of one line, no trace."""
    ran = served.run("token", "--person", "nobody")

    assert ran.exit_code == 1
    assert ran.stderr.count("\n") == 1
    assert "nobody" in ran.stderr


def test_a_scope_beyond_the_role_is_told(served: Served) -> None:
    """A citizen cannot have the scope of operators."""
    ran = served.run("token", "--as", "citizen", "--scope", "openid ops:read")

    assert ran.exit_code == 1
    assert "invalid_scope" in ran.stderr


def test_the_operator_comes_by_every_page_and_passes_the_factor(served: Served) -> None:
    """The token says so (``amr``); the next one needs no page and no further password; both are operators' tokens."""
    first, second = (served.run("token", "--as", "ops", "--json") for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    claims = [claims_of(json.loads(ran.stdout)["access_token"]) for ran in (first, second)]
    assert [{"otp", "mfa"} <= set(told["amr"]) for told in claims] == [True, True]
    assert claims[0]["sid"] == claims[1]["sid"]
    assert claims[0]["auth_time"] == claims[1]["auth_time"]
    assert json.loads(second.stdout)["scope"] == "openid ops:read"


def test_an_operator_without_an_authenticator_gets_no_token(served: Served) -> None:
    """Also on the sandbox; nothing is waited for."""
    told = json.loads(served.run("factor", "list", "--json").stdout)
    (account,) = [row["account"] for row in told if row["enrolled_at"]]

    reset = served.run("factor", "reset", "zhezhengding", account)
    ran = served.run("token", "--as", "ops")

    assert reset.exit_code == 0
    assert ran.exit_code == 1
    assert "/login/factor" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_what_the_operator_signs_in_with_is_its_owner_s_alone(served: Served) -> None:
    """The sandbox's keys and browsers lie in files nobody else can read."""
    folder = Path(served.environment["TONGXIN_DATA_DIR"])

    served.run("token", "--as", "ops")  # keeps its browser, whether it is let in or not

    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.glob("sandbox-*.json")}

    assert modes == {"sandbox-clients.json": 0o600, "sandbox-browsers.json": 0o600}


def claims_of(token: str) -> dict[str, Any]:
    """What an access token says."""
    body = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims


def test_tokens_are_for_the_sandbox_only(served: Served) -> None:
    """With one real platform configured, or an address beyond this machine, no token is handed out."""
    for name, value in {"TONGXIN_ZZD__BASE_URL": "https://platform.example.cn", "TONGXIN_HOST": "192.0.2.1"}.items():
        elsewhere = Served(served.process, "", served.environment | {name: value})

        ran = elsewhere.run("token", "--as", "citizen")

        assert ran.exit_code == 1
        assert "on the sandbox only" in ran.stderr


def test_clients_are_made_listed_rotated_and_ended(served: Served) -> None:
    """An operator registers a client, sees it without its secret, renews and ends it."""
    made = served.run("client", "create", "desk", "--grant", "client_credentials", "--scope", "opinion:read", "--json")
    client = json.loads(made.stdout)
    rotated = served.run("client", "rotate", client["client_id"])
    ended = served.run("client", "disable", client["client_id"])
    listed = served.run("client", "list", "--json")

    assert rotated.stdout.strip() not in {"", client["client_secret"]}
    assert ended.exit_code == 0
    (row,) = [row for row in json.loads(listed.stdout) if row["client_id"] == client["client_id"]]
    assert row["disabled_at"]
    assert client["client_secret"] not in listed.stdout


def test_roles_are_given_and_taken(served: Served) -> None:
    """An operator gives a role by hand and takes it back."""
    given = served.run("grant", "give", "moderator", "zhezhengding", "GE_invented")
    listed = served.run("grant", "list")
    taken = served.run("grant", "take", "moderator", "zhezhengding", "GE_invented")
    again = served.run("grant", "take", "moderator", "zhezhengding", "GE_invented")
    wrong = served.run("grant", "give", "citizen", "zhezhengding", "GE_invented")

    assert (given.exit_code, taken.exit_code, again.exit_code, wrong.exit_code) == (0, 0, 1, 1)
    assert "GE_invented" in listed.stdout


def test_a_wrong_setting_stops_the_start_with_one_line(environment: dict[str, str]) -> None:
    """The line names the setting and says what is allowed."""
    for name, value in {"TONGXIN_PORT": "many", "TONGXIN_ZZD__TIMEOUT_MS": "0", "TONGXIN_PROT": "1"}.items():
        ran = CliRunner().invoke(app, ["serve"], env=environment | {name: value})

        assert ran.exit_code == 2
        assert ran.stderr.count("\n") == 1
        assert name.removeprefix("TONGXIN_").split("__")[-1].lower() in ran.stderr.lower()


def test_ctrl_c_ends_both_processes_cleanly(environment: dict[str, str]) -> None:
    """Interrupted, the gateway and its sandbox end by themselves, with nothing left and no trace printed."""
    own = {f"TONGXIN_{one.prefix.upper()}__BASE_URL": f"http://127.0.0.1:{free_port()}" for one in PLATFORMS}
    process = subprocess.Popen(
        [*TONGXIN, "serve", "--sandbox"],
        env=environment | own | {"TONGXIN_PORT": str(free_port())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    while not process.stdout.readline().startswith("curl"):
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)

    _, errors = process.communicate(timeout=20)

    assert process.returncode == 0
    assert "Traceback" not in errors
    for address in own.values():
        with socket.socket() as sock:
            assert sock.connect_ex(("127.0.0.1", int(address.rsplit(":", 1)[1]))) != 0


def test_a_second_sandbox_does_not_pass_for_the_first(served: Served, tmp_path: Path) -> None:
    """With a port of its own but the first one's platforms, it says so and ends; its banner is not printed."""
    environment = served.environment | {"TONGXIN_PORT": str(free_port()), "TONGXIN_DATA_DIR": str(tmp_path)}
    environment["TONGXIN_AUTH__DATABASE_URL"] = f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"

    ran = subprocess.run(
        [*TONGXIN, "serve", "--sandbox"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )

    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "is another one running?" in ran.stderr


@pytest.mark.parametrize("command", ["serve", "sandbox", "token", "doctor", "schema", "client", "grant"])
def test_every_command_explains_itself(command: str) -> None:
    """``--help`` answers for each command."""
    ran = CliRunner().invoke(app, [command, "--help"])

    assert ran.exit_code == 0
    assert "Usage" in ran.stdout
