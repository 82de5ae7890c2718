"""One sentence names the one cause, however many platforms it hits."""

import pytest

from connectors.records.health import ConnectorStatus
from gateway.ops.headline import headline, sentence
from tests.gateway.ops.seeing import seen

ALL = ("zheliban", "zhezhengding", "duty")


def test_all_is_well() -> None:
    """Nothing to press, nothing to read."""
    told = headline([seen(name) for name in ALL], database=True, redis=True)

    assert (told.level, told.runbook) == ("ok", None)


@pytest.mark.parametrize(
    ("kinds", "begins", "page"),
    [
        (("dns", "dns", "dns"), "Names are not resolved", "all-platforms"),
        (("connect", "reset", "dns"), "The way out", "all-platforms"),
        (("slow", None, None), "Zheliban can be reached", "slow"),
    ],
)
def test_what_all_suffer_from_is_named_once(kinds: tuple[str | None, ...], begins: str, page: str) -> None:
    """A resolver or a way out that is gone is ours; a single platform's failure is its own."""
    told = headline([seen(name, kind) for name, kind in zip(ALL, kinds, strict=True)], database=True, redis=True)

    assert (told.level, told.runbook) == ("ill", f"docs/ops/runbook/{page}.md")
    assert told.en.startswith(begins)


def test_platforms_that_fail_for_reasons_of_their_own_are_listed() -> None:
    """In one sentence, with each reason."""
    told = headline([seen("duty", "slow"), seen("zheliban", "auth"), seen("command")], database=True, redis=True)

    assert told.en.startswith("2 platforms are not well.")
    assert "does not answer in time" in told.en
    assert "credentials" in told.en


def test_a_lost_database_comes_first() -> None:
    """It stops sign-in and writes on every platform."""
    told = headline([seen("duty", "slow")], database=False, redis=False)

    assert told.runbook == "docs/ops/runbook/database.md"


def test_our_own_clock_is_told_from_a_platforms() -> None:
    """Where all differ alike it is ours; where one differs nothing is said as long as it answers."""
    ours = headline([seen(name, ahead=120.0) for name in ALL], database=True, redis=True)
    theirs = headline([seen("duty", ahead=120.0), seen("zheliban")], database=True, redis=True)

    assert (ours.level, ours.runbook) == ("warn", "docs/ops/runbook/clock.md")
    assert theirs.level == "ok"


@pytest.mark.parametrize(("days", "level"), [(31, "ok"), (29, "warn"), (6, "ill"), (-1, "ill")])
def test_what_ends_soon_is_told_in_time(days: int, level: str) -> None:
    """A month before, and louder in the last week."""
    told = headline([seen("duty", days=days), seen("zheliban")], database=True, redis=True)

    assert told.level == level


def test_what_nobody_notices_warns_only() -> None:
    """Redis away, a platform that is not set up, part of the calls failing."""
    away = headline([seen("duty")], database=True, redis=False)
    missing = seen("duty", "not_configured", status=ConnectorStatus.DOWN, configured=False)
    partly = headline([seen("duty", "slow", status=ConnectorStatus.DEGRADED)], database=True, redis=True)

    assert {away.level, headline([missing], database=True, redis=True).level, partly.level} == {"warn"}


def test_a_sentence_begins_with_a_capital() -> None:
    """Also where a platform's name does not."""
    _, en = sentence("slow", "履职平台", "the member-duty platform")

    assert en.startswith("The member-duty platform can be reached")
