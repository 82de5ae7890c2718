"""Settings come from variables, files of secrets and tongxin.toml; a wrong one is named in one line."""

from pathlib import Path

import pytest

from gateway.platforms import PLATFORMS
from gateway.settings import Settings, SettingsError, load_settings

ZZD = next(platform for platform in PLATFORMS if platform.prefix == "zzd")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load() -> Settings:
    """Read them."""
    return load_settings(PLATFORMS)


def test_without_anything_the_defaults_hold() -> None:
    """The gateway listens on this machine only, and no platform is the sandbox."""
    settings = load()

    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.platform(ZZD).appkey == ""


def test_the_file_is_read_and_variables_win(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A section of the file is a platform's; a variable overrides one line of it."""
    (elsewhere / "tongxin.toml").write_text('port = 9000\n[zzd]\nappkey = "from-file"\ntenant_id = 7\n')
    monkeypatch.setenv("TONGXIN_ZZD__APPKEY", "from-variable")

    settings = load()

    assert settings.port == 9000
    assert (settings.platform(ZZD).appkey, settings.platform(ZZD).tenant_id) == ("from-variable", 7)


def test_a_secret_may_lie_in_a_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the setting's name in the folder of secrets is read, and never shown."""
    (elsewhere / "secrets").mkdir()
    (elsewhere / "secrets/TONGXIN_ZZD__APPSECRET").write_text("whispered")
    monkeypatch.setenv("TONGXIN_SECRETS_DIR", str(elsewhere / "secrets"))

    settings = load()

    assert settings.platform(ZZD).appsecret.get_secret_value() == "whispered"
    assert "whispered" not in repr(settings)


def test_in_the_sandbox_only_what_is_unset_is_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform that is pointed elsewhere stays there; the others become their sandboxes."""
    monkeypatch.setenv("TONGXIN_SANDBOX", "true")
    monkeypatch.setenv("TONGXIN_ZZD__BASE_URL", "https://platform.example.cn")

    settings = load()

    others = [settings.platform(platform).base_url for platform in PLATFORMS if platform is not ZZD]
    assert settings.platform(ZZD).base_url == "https://platform.example.cn"
    assert all(address.startswith("http://127.0.0.1:") for address in others)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TONGXIN_PORT", "99999", "port"),
        ("TONGXIN_LOG_LEVEL", "LOUD", "log_level"),
        ("TONGXIN_ZZD__TIMEOUT_MS", "0", "zzd.timeout_ms"),
        ("TONGXIN_ZDD__TIMEOUT_MS", "5", "TONGXIN_ZDD__TIMEOUT_MS"),
        ("TONGXIN_ZZD__TIMEOUT", "5", "zzd.timeout"),
        ("TONGXIN_ZZD__BASE_URL", "ftp://x", "zzd.base_url"),
        ("TONGXIN_AUTH__SECRET", "short", "auth.secret: must have at least 32 characters"),
        ("TONGXIN_AUTH", "hunter2", "auth: what is given as a variable is no JSON"),
        ("TONGXIN_AUTH__PREVIOUS_SECRETS", "hunter2", 'a list is written ["one", "two"]'),
        ("TONGXIN_SECRETS_DIR", "nowhere", "nowhere"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    """Out of range, not allowed, misspelt: one line names it, and shows no value."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as wrong:
        load()

    line = str(wrong.value)
    assert told in line
    assert "\n" not in line
    assert not name.startswith("TONGXIN_AUTH") or value not in line


def test_a_file_that_is_no_toml_is_told(elsewhere: Path) -> None:
    """A broken file is an error that names it."""
    (elsewhere / "tongxin.toml").write_text("port = = 1")

    with pytest.raises(SettingsError, match=r"tongxin\.toml"):
        load()


@pytest.mark.parametrize("name", ["TONGXIN_ATUH__SECRET", "TONGXIN_AUTH__SECRT"])
def test_a_file_of_secrets_nobody_reads_is_told(elsewhere: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A misspelt one is named, whichever part is wrong; otherwise the default would hold unseen."""
    (elsewhere / name).write_text("hunter2")
    monkeypatch.setenv("TONGXIN_SECRETS_DIR", str(elsewhere))

    with pytest.raises(SettingsError, match="no such setting") as wrong:
        load()

    assert "hunter2" not in str(wrong.value)


def test_a_file_that_is_no_text_is_told(elsewhere: Path) -> None:
    """Bytes in another encoding are one line, too."""
    (elsewhere / "tongxin.toml").write_bytes('log_level = "工"'.encode("gbk"))

    with pytest.raises(SettingsError, match=r"tongxin\.toml.*UTF-8"):
        load()


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("TONGXIN_ZZD__BASE_URL", "platform", "zzd.base_url: not an address: http:// or https://, a host, and a port"),
        ("TONGXIN_ZLB__BASE_URL", "https://platform.example.cn/path", "a host, and a port, no path"),
    ],
)
def test_a_wrong_address_is_said_in_words(monkeypatch: pytest.MonkeyPatch, name: str, given: str, said: str) -> None:
    """No pattern is shown to people."""
    monkeypatch.setenv(name, given)

    with pytest.raises(SettingsError) as wrong:
        load()

    assert str(wrong.value).endswith(said)
    assert "pattern" not in str(wrong.value)
