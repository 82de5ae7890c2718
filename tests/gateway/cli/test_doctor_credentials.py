"""``tongxin doctor`` tells what ends soon: certificates as connections showed them, secrets as they were set."""

from datetime import timedelta
from typing import Any

from gateway.cli.doctor_report import lines_of, row_of
from gateway.execution.operation import Language
from gateway.health.examining import Examination
from gateway.health.watch import wall_clock
from gateway.platforms import PLATFORMS
from gateway.settings import load_settings

DUTY = next(platform for platform in PLATFORMS if platform.name == "duty")


def row(secret_days: int, certificate_days: int) -> dict[str, Any]:
    """The platform's part of the report."""
    today = wall_clock()
    ends = {"credentials_end": (today + timedelta(days=secret_days)).date()}
    settings = load_settings(PLATFORMS, sandbox=True, **{DUTY.prefix: ends}).platform(DUTY)
    certificates = {"duty.example": (today + timedelta(days=certificate_days, hours=1)).timestamp()}
    return row_of(DUTY, settings, Examination("duty", (), 0.0, certificates), Language.EN)


def test_far_ends_are_told_in_numbers_only() -> None:
    """Nothing is to be mended; no host is named."""
    told = row(100, 60)

    assert told["ok"] is True
    assert [(one["what"], one["daysLeft"]) for one in told["credentials"]] == [("certificate", 60), ("secret", 100)]
    assert told["ending"] == []
    assert "duty.example" not in str(told)


def test_near_ends_are_said_and_the_last_week_is_to_be_mended() -> None:
    """In words, with the day."""
    near, last = row(100, 20), row(3, 60)

    assert near["ok"] is True
    assert "ends in 20 days" in "\n".join(lines_of(None, [near], Language.EN))
    assert last["ok"] is False
    assert "ask the platform for a new one" in last["ending"][0]
