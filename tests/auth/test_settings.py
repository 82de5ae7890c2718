import pytest
from pydantic import ValidationError

from auth.settings import AuthSettings


def test_audience_follows_the_issuer() -> None:
    """Tokens are for the issuer's GraphQL address, unless something else is set."""
    assert AuthSettings(issuer="https://gw.example.cn").audience == "https://gw.example.cn/graphql"
    assert AuthSettings(issuer="https://gw.example.cn", audience="https://other.example.cn").audience.endswith(".cn")


@pytest.mark.parametrize(
    "issuer",
    [
        "http://gw.example.cn",
        "https://gw.example.cn/",
        "https://gw.example.cn/path",
        "https://gw.example.cn?x=1",
        "https://gw.example.cn#x",
        "https://user:word@gw.example.cn",
        "ftp://gw.example.cn",
        "gw.example.cn",
        "",
    ],
)
def test_a_wrong_issuer_is_refused(issuer: str) -> None:
    """The issuer is scheme, host and port, and https unless it is this machine."""
    with pytest.raises(ValidationError) as caught:
        AuthSettings(issuer=issuer)

    assert caught.value.errors()[0]["loc"] == ("issuer",)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
def test_this_machine_needs_no_https(issuer: str) -> None:
    """Loopback is good enough for trying things out."""
    assert AuthSettings(issuer=issuer).issuer == issuer


def test_settings_never_show_secrets() -> None:
    """Neither the secret nor the database's password stand in a text of the settings."""
    settings = AuthSettings(
        secret="hidden-word-hidden-word-hidden-word", database_url="postgresql+asyncpg://tongxin:hidden-word@db/tongxin"
    )

    assert "hidden-word" not in f"{settings!r} {settings}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret", "short"),
        ("previous_secrets", ["short"]),
        ("previous_secrets", [""]),
        ("database_url", "mysql://x"),
        ("remember_tokens_s", 61),
        ("access_token_lifetime", 0),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: object) -> None:
    """What is out of bounds is refused by its name."""
    with pytest.raises(ValidationError) as caught:
        AuthSettings.model_validate({name: value})

    assert caught.value.errors()[0]["loc"][0] == name
