"""Settings of the way through IRS."""

import pytest
from pydantic import ValidationError

from connectors.duty.settings import DutySettings


def test_of_irs_too_only_what_was_not_set_is_the_sandboxs() -> None:
    """Another path keeps the sandbox's keys; another key keeps its component."""
    settings = DutySettings(auth="irs", irs={"path": "/gateway/v2", "access_key": "OURS"}).with_sandbox(port=9000)

    assert (settings.irs.path, settings.irs.access_key) == ("/gateway/v2", "OURS")
    assert settings.irs.component == "IC33000099990204000001"
    assert (settings.base_url, settings.connected) == ("http://127.0.0.1:9000", True)


@pytest.mark.parametrize(
    "irs", [{"component": "IC/1"}, {"path": "restapi"}, {"path": "/a?b"}, {"access_key": "a b"}, {"max_skew_s": 0}]
)
def test_what_cannot_be_part_of_a_signed_call(irs: dict[str, str]) -> None:
    """It stops the start, not the first call."""
    with pytest.raises(ValidationError):
        DutySettings(irs=irs)


@pytest.mark.parametrize("missing", ["access_key", "secret_key", "component"])
def test_irs_needs_all_three(missing: str) -> None:
    """Keys and component: else nobody is called."""
    whole = {"access_key": "a", "secret_key": "b", "component": "IC1"}

    assert DutySettings(auth="irs", base_url="http://irs", irs=whole).connected
    assert not DutySettings(auth="irs", base_url="http://irs", irs=whole | {missing: ""}).connected


def test_secrets_stand_in_no_repr() -> None:
    """A log of the settings tells nothing."""
    assert "hidden-key" not in repr(DutySettings(irs={"secret_key": "hidden-key"}))
