"""The citizen app's settings."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from connectors.zheliban.settings import ZhelibanSettings


def test_defaults_are_the_real_platform_without_credentials() -> None:
    """Nothing set means the public hosts and no credentials."""
    settings = ZhelibanSettings()

    assert settings.base_url == "https://ibcdsg.zj.gov.cn:8443"
    assert settings.component_path(settings.irs.components.token) == "/restapi/prod/IC33000020220329000007"
    assert not settings.configured


def test_sandbox_fills_what_is_not_set() -> None:
    """What was set stays; the rest is the sandbox's."""
    settings = ZhelibanSettings.model_validate({"app_id": "77"}).with_sandbox(port=9)

    assert (settings.app_id, settings.base_url, settings.configured) == ("77", "http://127.0.0.1:9", True)
    assert "DEMO_SK" not in repr(settings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": "ibcdsg.zj.gov.cn"},
        {"base_url": "https://host/with/path"},
        {"access_key": "钥匙"},
        {"mode": "simple"},
        {"mode": "unknown"},
        {"irs": {"path": "no-slash"}},
        {"irs": {"components": {"token": "a/b"}}},
        {"callback_url": "/login"},
        {"nonsense": 1},
    ],
    ids=str,
)
def test_a_wrong_setting_is_refused(wrong: dict[str, Any]) -> None:
    """What could only fail later is refused at the start."""
    with pytest.raises(ValidationError):
        ZhelibanSettings.model_validate(wrong)


def test_every_setting_is_described() -> None:
    """Each field says what it is for."""

    def undescribed(model: type[BaseModel]) -> list[str]:
        kinds = {name: field.annotation for name, field in model.model_fields.items()}
        nested = [kind for kind in kinds.values() if isinstance(kind, type) and issubclass(kind, BaseModel)]
        own = [name for name, field in model.model_fields.items() if not field.description]
        return own + [name for kind in nested for name in undescribed(kind)]

    assert undescribed(ZhelibanSettings) == []
