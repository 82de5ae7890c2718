"""What is wrong, one cause at a time."""

from msgspec.structs import replace

from gateway.ops.pages.levels import Level, level_of
from gateway.ops.pages.troubles import troubles_of
from tests.gateway.ops.pages.invented import picture_named


def test_all_well_is_no_trouble() -> None:
    """Nor is a platform that nobody set up."""
    assert troubles_of(picture_named("well")) == []
    assert troubles_of(picture_named("nothing_configured")) == []


def test_one_cause_is_one_trouble() -> None:
    """Four platforms whose names are not found stand together, the one users notice most first; acts are told once."""
    (trouble,) = troubles_of(picture_named("dns_gone"))

    assert [one.name for one in trouble.platforms] == ["duty", "zheliban", "zhezhengding", "command"]
    assert (trouble.cause.kind, trouble.level) == ("dns", Level.ILL)
    assert [field.requests for field in trouble.fields] == [196, 126, 84, 42]
    assert [times for _, times in trouble.done] == ["×4", "×4"]
    assert [(act.act, len(platforms)) for act, platforms in trouble.press] == [("stale.extend", 4), ("probe.now", 4)]


def test_what_the_gateway_did_last_comes_first() -> None:
    """Acts with a moment in their order, the latest on top."""
    (trouble,) = troubles_of(picture_named("hanging"))

    moments = [done.at for done, _ in trouble.done if done.at]
    assert len(moments) == 3
    assert moments == sorted(moments, reverse=True)


def test_the_worst_comes_first() -> None:
    """A platform that is down before one that comes and goes, however many requests that one spoils."""
    flapping, hanging = picture_named("flapping"), picture_named("hanging")
    loud = replace(flapping.platforms[3], noticed=replace(flapping.platforms[3].noticed, requests=9999))
    both = replace(hanging, platforms=[*hanging.platforms[:3], loud])

    assert [trouble.cause.kind for trouble in troubles_of(both)] == ["slow", "http5xx"]


def test_held_by_hand_is_not_well() -> None:
    """A platform that would answer but is not asked looks degraded, whatever its status says."""
    flapping = picture_named("flapping").platforms[3]

    assert level_of(replace(flapping, status="UP")) is Level.WARN
    assert level_of(replace(flapping, status="UP", cause=None)) is Level.OK
