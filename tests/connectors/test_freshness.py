"""The table of rules, and that the platforms' reads go by it."""

import pytest

from connectors import freshness
from connectors.freshness import Freshness, ReadRule
from connectors.zhezhengding.directory.officials import _TAGS

KINDS = {name: kind for name, kind in vars(freshness).items() if isinstance(kind, Freshness)}


@pytest.mark.parametrize("name", KINDS)
def test_private_kinds_are_short(name: str) -> None:
    """What is somebody's own is kept for a minute at most, never answered stale, outlives an illness for a moment."""
    kind = KINDS[name]

    assert kind.private is name.startswith(("OWN", "AUDIENCE"))
    assert not kind.private or (kind.fresh_for <= 60 and kind.stale_for == 0 and kind.stale_if_error <= 60)


def test_an_office_phone_is_gone_after_a_minute() -> None:
    """Fresh and stale together, and whatever the platform does."""
    assert freshness.DIRECTORY.rule("officials", 1).longest == 60


def test_tags_name_the_key() -> None:
    """As a text, or made from it; a rule without keeps no record of any."""
    rule = freshness.REGISTRY.rule("studios", 10, ("studio:{key}", "studios", *_TAGS))

    assert rule.tags_of("GE_1@GO_2") == ("studio:GE_1@GO_2", "studios", "employee:GE_1", "unit:GO_2")
    assert ReadRule("studios", 10, 60.0).tags_of("s1") == ()


def test_what_is_not_kept_has_no_time() -> None:
    """However generous a rule is with what it does not keep."""
    assert ReadRule("studios", 10, 0.0, stale_if_error=60.0).longest == 0
