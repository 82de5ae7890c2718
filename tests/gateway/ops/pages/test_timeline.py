"""The incidents somebody wants to see."""

from msgspec.structs import replace

from gateway.ops.pages.timeline import Wanted, kinds_in, shown, wanted_in
from tests.gateway.ops.pages.invented import picture_named

PICTURE = picture_named("hanging")


def test_the_latest_comes_first() -> None:
    """All of them, unless somebody chose."""
    assert [one.id for one in shown(PICTURE, Wanted())] == ["i-0314", "i-0311"]
    assert kinds_in(PICTURE) == ["quota", "slow"]


def test_choices_hold_together() -> None:
    """Platform, kind and state, as the address says; what is not called so is not there."""
    assert [one.id for one in shown(PICTURE, wanted_in({"platform": "duty", "state": "open"}))] == ["i-0314"]
    assert [one.id for one in shown(PICTURE, wanted_in({"state": "ended"}))] == ["i-0311"]
    assert [one.id for one in shown(PICTURE, wanted_in({"kind": "quota"}))] == ["i-0311"]
    assert shown(PICTURE, wanted_in({"platform": "<script>"})) == []


def test_what_concerned_all_concerned_each() -> None:
    """An incident without a platform is found under every one."""
    everywhere = replace(PICTURE.incidents[0], platform=None)

    assert Wanted(platform="zheliban").fits(everywhere)
