"""What may be led, and that it is let go."""

from collections import Counter
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from typer.testing import CliRunner

from connectors.sandbox.faults import FaultKind
from gateway.cli import app
from gateway.cli.drilling.sandbox import Led, NoSandboxError, refuse_the_real
from gateway.platforms import PLATFORMS
from tests.stack import Sandbox, settings_in_front_of

HERE = "http://127.0.0.1:9"


def test_a_fault_ends_whatever_happens(sandbox: Sandbox, tmp_path: Path) -> None:
    """Also where what is done meanwhile fails, or somebody presses Ctrl-C."""
    led = Led(settings_in_front_of(sandbox, tmp_path), PLATFORMS)

    with pytest.raises(KeyboardInterrupt), led:
        _break_off(led, sandbox)

    assert sandbox.apps["duty"].faults.of("members") is None


def _break_off(led: Led, sandbox: Sandbox) -> NoReturn:
    led.check()
    led.begin("duty", FaultKind.HANG, 300)
    assert sandbox.apps["duty"].faults.of("members") is not None
    raise KeyboardInterrupt


def test_calls_are_the_sandboxs_own_counts(sandbox: Sandbox, tmp_path: Path) -> None:
    """By platform."""
    sandbox.apps["duty"].calls = Counter(members=3)
    with Led(settings_in_front_of(sandbox, tmp_path), PLATFORMS) as led:
        assert led.calls()["duty"] == 3
    sandbox.reset()


def test_what_is_no_sandbox_is_not_led(sandbox: Sandbox, tmp_path: Path) -> None:
    """A platform elsewhere, a gateway elsewhere, and something else that answers."""
    settings = settings_in_front_of(sandbox, tmp_path)
    real = settings.but(duty=settings.platform(PLATFORMS[2]).model_copy(update={"base_url": "https://duty.example.cn"}))
    nobody = settings.but(duty=settings.platform(PLATFORMS[2]).model_copy(update={"base_url": HERE}))

    with pytest.raises(NoSandboxError, match="is not its sandbox"):
        refuse_the_real(real, PLATFORMS, HERE)
    with pytest.raises(NoSandboxError, match="is not this machine"):
        refuse_the_real(settings, PLATFORMS, "https://tongxin.example.cn")
    with Led(nobody, PLATFORMS) as led, pytest.raises(NoSandboxError, match="no sandbox answers"):
        led.check()


def test_the_command_refuses_what_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, before anything is asked."""
    monkeypatch.setattr(httpx.Client, "send", lambda *_: pytest.fail("something was asked"))
    environment = {"TONGXIN_DUTY__BASE_URL": "https://duty.example.cn"}

    ran = CliRunner().invoke(app, ["drill", "run", "platform-hangs"], env=environment)

    assert ran.exit_code == 2
    assert "is not its sandbox: drills are for the sandbox only" in ran.output


def test_list_names_every_outage() -> None:
    """In both languages."""
    chinese = CliRunner().invoke(app, ["drill", "list", "--lang", "zh"])
    english = CliRunner().invoke(app, ["drill", "list", "--lang", "en"])

    assert "platform-hangs            平台接受连接" in chinese.output
    assert "platform-hangs            it takes connections" in english.output
