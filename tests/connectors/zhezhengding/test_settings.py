import pytest
from pydantic import ValidationError

from connectors.zhezhengding.settings import ZhezhengdingSettings


def test_nothing_set_means_not_connected() -> None:
    """Without credentials the platform is not connected; each of the three is needed."""
    whole = {"appkey": "key", "appsecret": "secret", "tenant_id": 1}

    assert not ZhezhengdingSettings().connected
    assert ZhezhengdingSettings.model_validate(whole).connected
    for name in whole:
        assert not ZhezhengdingSettings.model_validate({k: v for k, v in whole.items() if k != name}).connected


def test_sandbox_fills_in_only_what_is_not_set() -> None:
    """Pointing at the sandbox keeps what somebody chose, nested settings too."""
    chosen = ZhezhengdingSettings.model_validate({"tenant_id": 7, "sign": {"key_order": "codepoint"}})

    filled = chosen.with_sandbox(port=9)

    assert (filled.tenant_id, filled.sign.key_order, filled.base_url) == (7, "codepoint", "http://127.0.0.1:9")
    assert filled.connected


def test_secret_is_in_no_text() -> None:
    """The secret shows in no repr."""
    settings = ZhezhengdingSettings().with_sandbox()

    assert settings.appsecret.get_secret_value() not in f"{settings!r} {settings}"


@pytest.mark.parametrize("wrong", [{"batch": {"codes": 101}}, {"appkey": "a\nb"}, {"sign": {"key_order": "any"}}])
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    """What the platform cannot take, or a header cannot carry, is refused at the start."""
    with pytest.raises(ValidationError):
        ZhezhengdingSettings.model_validate(wrong)


def test_every_setting_is_described() -> None:
    """The settings' page is made from the descriptions."""
    nested = [f.annotation for f in ZhezhengdingSettings.model_fields.values() if hasattr(f.annotation, "model_fields")]

    for model in (ZhezhengdingSettings, *nested):
        assert all(field.description for field in model.model_fields.values())  # type: ignore[union-attr]  # each is a model


def test_the_refusal_status_is_taken_from_a_variable() -> None:
    """Variables of the environment hold texts: 403 is set as one, and nothing but 200 and 403 is."""
    set_by_text = ZhezhengdingSettings.model_validate({"sandbox": {"refusal_status": "403"}})

    assert set_by_text.sandbox.refusal_status == 403
    with pytest.raises(ValidationError):
        ZhezhengdingSettings.model_validate({"sandbox": {"refusal_status": "404"}})
