"""``tongxin doctor`` in front of the sandbox: well, and ill in each way."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from connectors.sandbox.faults import Fault, FaultKind
from gateway.cli import app
from gateway.cli.doctor import spoken
from gateway.execution.operation import Language
from gateway.platforms import PLATFORMS
from tests.stack import Sandbox

Doctor = Callable[..., Result]
SECRETS = {
    "zheliban": "ZLB__SECRET_KEY",
    "zhezhengding": "ZZD__APPSECRET",
    "duty": "DUTY__CLIENT_SECRET",
    "command": "COMMAND__SECRET_KEY",
}
NAMES = [platform.name for platform in PLATFORMS]


@pytest.fixture
def doctor(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Run it in an empty folder, its platforms at the sandbox; further settings by name."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TONGXIN_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str, **settings: str) -> Result:
        addresses = {f"TONGXIN_{one.prefix.upper()}__BASE_URL": sandbox.addresses[one.name] for one in PLATFORMS}
        given = {f"TONGXIN_{name}": value for name, value in settings.items()}
        return CliRunner().invoke(app, ["doctor", *arguments], env=addresses | {"LC_ALL": "C.UTF-8"} | given)

    return run


def rows(ran: Result) -> dict[str, dict[str, Any]]:
    """The platforms of the JSON, by name."""
    return {row["platform"]: row for row in json.loads(ran.stdout)["platforms"]}


def failed(row: dict[str, Any]) -> dict[str, Any]:
    """The step that failed."""
    (step,) = [step for step in row["steps"] if step["status"] == "failed"]
    found: dict[str, Any] = step
    return found


def test_all_is_well_and_nothing_is_left_behind(doctor: Doctor, sandbox: Sandbox, tmp_path: Path) -> None:
    """Exit code 0; no folder, no secret, no counted call."""
    ran = doctor("--json")

    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert (told["ok"], told["sandbox"], told["settings"]["ok"]) == (True, True, True)
    assert list(rows(ran)) == NAMES
    assert all(step["status"] == "ok" for row in told["platforms"] for step in row["steps"])
    assert [row["steps"][0]["step"] for row in told["platforms"]] == ["configured"] * len(NAMES)
    assert list(tmp_path.iterdir()) == []
    assert sandbox.calls() == {}


def test_text_in_either_language(doctor: Doctor) -> None:
    """By option, else by the locale."""
    english, chinese = doctor("duty"), doctor("duty", "--lang", "zh")

    assert english.exit_code == 0
    assert "All is well." in english.stdout
    assert "一切正常" in chinese.stdout
    assert "履职" in chinese.stdout


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (FaultKind.REFUSE, "unreachable"),
        (FaultKind.HTTP500, "unexpected_answer"),
        (FaultKind.GARBAGE, "unexpected_answer"),
        (FaultKind.HANG, "too_slow"),
    ],
)
def test_an_ill_platform_is_told_with_what_to_mend(
    doctor: Doctor, sandbox: Sandbox, name: str, kind: FaultKind, told: str
) -> None:
    """Its step fails with the kind of error, the rest is skipped, the others are well; one that hangs is given up."""
    sandbox.break_(name, kind)
    prefix = next(one.prefix for one in PLATFORMS if one.name == name)

    ran = doctor("--json", **{f"{prefix.upper()}__TIMEOUT_MS": "300"} if kind is FaultKind.HANG else {})

    assert ran.exit_code == 1
    step = failed(rows(ran)[name])
    assert step["kind"] == told
    assert step["mend"]
    assert all(row["ok"] for other, row in rows(ran).items() if other != name)
    assert sandbox.addresses[name].split("//")[1] not in ran.stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_secret_is_told(doctor: Doctor, name: str) -> None:
    """The platform refuses the gateway; the secret is not printed."""
    ran = doctor(name, "--json", "--sandbox", **{SECRETS[name]: "an-invented-wrong-secret"})

    assert ran.exit_code == 1
    step = failed(rows(ran)[name])
    assert (step["error"], step["kind"]) == ("PLATFORM_REFUSED_GATEWAY", "refused_signature")
    assert "an-invented-wrong-secret" not in ran.output


@pytest.mark.parametrize("name", NAMES)
def test_a_clock_that_differs_is_told(doctor: Doctor, sandbox: Sandbox, name: str) -> None:
    """Calls go through by the platform's clock; still it is something to mend."""
    sandbox.apps[name].faults.put(Fault(FaultKind.CLOCK, None, 2_400_000))

    ran = doctor(name, "--json", "--lang", "zh")

    row = rows(ran)[name]
    assert ran.exit_code == 1
    assert 2390 < row["clockDifferenceSeconds"] < 2410
    assert "NTP" in row["clockMend"]
    assert all(step["status"] == "ok" for step in row["steps"])
    assert "2400" in doctor(name).stdout


def test_tokens_that_all_fail_are_told(doctor: Doctor, sandbox: Sandbox) -> None:
    """The platform whose reads need the application's token: it is given out and not taken."""
    sandbox.break_("duty", FaultKind.EXPIRED_TOKEN)

    ran = doctor("duty", "--json")

    assert ran.exit_code == 1
    step = failed(rows(ran)["duty"])
    assert (step["step"], step["error"]) == ("read", "PLATFORM_REFUSED_GATEWAY")
    assert "tokens end too early" in step["mend"]


def test_a_right_that_is_missing_is_told(doctor: Doctor) -> None:
    """A component the application may not call, a scope the client may not have."""
    forbidden = doctor("zheliban", "--json", "--sandbox", ZLB__IRS__COMPONENTS__STUDIO="IC33000099990209999999")
    beyond = doctor("duty", "--json", "--sandbox", DUTY__SCOPE="duty.read duty.everything")

    step = failed(rows(forbidden)["zheliban"])
    assert (forbidden.exit_code, step["kind"]) == (1, "not_allowed")
    assert "docs/platforms/zheliban.md" in step["mend"]
    assert (beyond.exit_code, failed(rows(beyond)["duty"])["step"]) == (1, "token")


def test_what_is_not_set_up_is_told_with_its_page(doctor: Doctor) -> None:
    """With one platform set up and the others not, these are told so, without a call."""
    ran = doctor("zhezhengding", "--json", DUTY__CLIENT_ID="an-invented-client")

    step = failed(rows(ran)["zhezhengding"])
    assert ran.exit_code == 1
    assert (step["step"], step["error"]) == ("configured", "PLATFORM_NOT_CONFIGURED")
    assert "docs/platforms/zhezhengding.md" in step["mend"]


def test_settings_that_cannot_work_are_told(doctor: Doctor) -> None:
    """Listening beyond this machine without an address for callers."""
    ran = doctor("duty", "--json", HOST="0.0.0.0")

    assert ran.exit_code == 1
    assert "auth.issuer" in json.loads(ran.stdout)["settings"]["mend"]


def test_a_wrong_setting_and_an_unknown_platform_are_one_line(doctor: Doctor) -> None:
    """Exit code 2, and what is allowed."""
    for ran, told in ((doctor(PORT="many"), "port"), (doctor("nowhere"), "zheliban")):
        assert ran.exit_code == 2
        assert ran.stderr.count("\n") == 1
        assert told in ran.stderr


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, Language.ZH),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, Language.EN),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN"}, Language.ZH),
        ({}, Language.EN),
    ],
)
def test_the_locale_gives_the_language(environment: dict[str, str], language: Language) -> None:
    """POSIX: the first of three variables that is set."""
    assert spoken(environment) is language
