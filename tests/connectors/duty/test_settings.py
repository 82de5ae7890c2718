"""What may be set, and what the sandbox fills in."""

from connectors.duty.settings import DutySettings


def test_nothing_set_means_not_connected() -> None:
    """No public instance exists, so nothing is asked until somebody says where and as whom."""
    assert not DutySettings().connected


def test_the_sandbox_fills_what_is_not_set() -> None:
    """What was chosen stays; the rest is the sandbox's, which is enough to be connected."""
    settings = DutySettings(batch=7).with_sandbox()

    assert settings.connected
    assert (settings.base_url, settings.batch) == ("http://127.0.0.1:8103", 7)
