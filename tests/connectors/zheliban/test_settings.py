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
        {"mode": "unknown"},
        {"irs": {"host": "ibcdsg.zj.gov.cn"}},
        {"simple": {"url": "https://host/with/path"}},
        {"simple": {"datatype": "yaml"}},
        {"simple": {"path": "no-slash"}},
        {"esso": {"project_id": "编号"}},
        {"datashare": {"method": "PUT"}},
        {"datashare": {"renew_after_s": 0}},
        {"sandbox": {"simple_refusal": "1234"}},
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


def test_the_sandbox_is_one_address_for_every_host() -> None:
    """Switching to a sandbox elsewhere is its address alone: every host of the platform follows it."""
    settings = ZhelibanSettings.model_validate({"base_url": "http://127.0.0.1:9000"}).with_sandbox()

    hosts = (
        settings.portal_url,
        settings.simple.url,
        settings.simple.login_url,
        settings.esso.url,
        settings.esso.login_url,
        settings.datashare.url,
        settings.irs_url,
    )
    assert set(hosts) == {"http://127.0.0.1:9000"}


def test_what_is_set_in_a_section_stays_and_the_rest_is_the_sandboxs() -> None:
    """A chosen datatype does not cost the sandbox's credentials."""
    chosen = {"simple": {"datatype": "xml"}, "irs": {"components": {"token": "IC1"}}, "esso": {"through_irs": True}}

    settings = ZhelibanSettings.model_validate(chosen).with_sandbox()

    assert (settings.simple.datatype, settings.simple.servicecode) == ("xml", "demosvc")
    assert (settings.esso.through_irs, settings.esso.project_id) == (True, "demo-project")
    assert settings.irs.components.token == "IC1"
    assert settings.irs.components.user_info == "IC33000020220329000008"
    assert not any(secret in repr(settings) for secret in ("DemoPwd123", "demo-project-secret", "demoAppSecret0001"))


def test_the_published_codes_and_hosts_are_the_defaults() -> None:
    """D, B2 to B7: what the documents name, until a registration says otherwise."""
    settings = ZhelibanSettings()
    codes = settings.irs.components

    assert (settings.mode.value, settings.simple.datatype, settings.irs.max_skew_s) == ("uc", "json", 90)
    assert (codes.simple_ticket, codes.simple_user) == ("IC33000020220228000002", "IC33000020220228000004")
    assert codes.esso_user == "IC33000020220309000001"
    assert (settings.simple.url, settings.simple.login_url) == (
        "https://appapi.zjzwfw.gov.cn",
        "https://puser.zjzwfw.gov.cn",
    )
    assert (settings.esso.url, settings.datashare.url) == (
        "https://ssoapi.zjzwfw.gov.cn",
        "https://interface.zjzwfw.gov.cn",
    )
    assert (settings.datashare.key_path, settings.datashare.secret_path, settings.datashare.data_path) == (
        "/gateway/app/refreshTokenByKey.htm",
        "/gateway/app/refreshTokenBySec.htm",
        "/gateway/api/001003001/dataSharing",
    )


def test_irs_may_stand_on_a_host_of_its_own() -> None:
    """D: ``irs.host`` where it is not ``base_url``, such as the extranet's."""
    settings = ZhelibanSettings.model_validate({"irs": {"host": "https://bcdsg.zj.gov.cn:8443/"}})

    assert settings.irs_url == "https://bcdsg.zj.gov.cn:8443"


def test_every_setting_is_described() -> None:
    """Each field says what it is for."""

    def undescribed(model: type[BaseModel]) -> list[str]:
        kinds = {name: field.annotation for name, field in model.model_fields.items()}
        nested = [kind for kind in kinds.values() if isinstance(kind, type) and issubclass(kind, BaseModel)]
        own = [name for name, field in model.model_fields.items() if not field.description]
        return own + [name for kind in nested for name in undescribed(kind)]

    assert undescribed(ZhelibanSettings) == []
