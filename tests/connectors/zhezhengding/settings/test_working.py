"""Settings of notifications, to-dos, files and events (wire-formats D)."""

from typing import Any

import pytest
from pydantic import ValidationError

from connectors.zhezhengding.settings import ZhezhengdingSettings


def test_defaults_are_the_documented_ones() -> None:
    """D: 100 receivers, 600 seconds, the versioned path; callbacks closed until they are set."""
    settings = ZhezhengdingSettings()

    assert (settings.notify.max_receivers, settings.notify.min_interval_s) == (100, 600)
    assert settings.todo.path == "/tc/v2/openapi/task/create.json"
    assert settings.callback.secret_path.get_secret_value() == ""
    assert settings.callback.allow_ips == ()
    limits = settings.sandbox.notify
    assert (limits.min_interval_s, limits.daily, limits.daily_per_person, limits.once_a_day) == (0, 0, 0, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"notify": {"max_receivers": 0}},
        {"notify": {"max_receivers": 1001}},
        {"notify": {"min_interval_s": -1}},
        {"todo": {"path": "create.json"}},
        {"todo": {"path": "/a?b"}},
        {"callback": {"secret_path": "short"}},
        {"callback": {"secret_path": "x" * 129}},
        {"callback": {"secret_path": "with/a/slash/and/more/than/24"}},
        {"callback": {"allow_ips": ["example.cn"]}},
        {"callback": {"register_path": "openplatform"}},
        {"media": {"max_bytes": 0}},
        {"media": {"params_in": "header"}},
        {"sandbox": {"notify": {"answer": "xml"}}},
    ],
    ids=str,
)
def test_a_wrong_setting_stops_the_start(wrong: dict[str, Any]) -> None:
    """Each is named with what is allowed."""
    with pytest.raises(ValidationError):
        ZhezhengdingSettings.model_validate(wrong)


def test_the_secret_is_in_no_repr() -> None:
    """The last part of the address is a credential."""
    secret = "a-secret-of-more-than-24-characters"

    assert secret not in repr(ZhezhengdingSettings.model_validate({"callback": {"secret_path": secret}}))


def test_the_sandbox_takes_events_from_this_machine() -> None:
    """With the sandbox the gateway has a secret and believes loopback; what is set wins."""
    filled = ZhezhengdingSettings().with_sandbox()
    own = ZhezhengdingSettings.model_validate({"callback": {"allow_ips": ["192.0.2.1"]}}).with_sandbox()

    assert filled.callback.secret_path.get_secret_value()
    assert "127.0.0.0/8" in filled.callback.allow_ips
    assert own.callback.allow_ips == ("192.0.2.1",)
