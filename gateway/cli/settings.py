"""Reads the settings for a command, or ends it with one line that names what is wrong."""

import secrets
from pathlib import Path
from typing import Any

import typer
from pydantic import SecretStr

from gateway.platforms import PLATFORMS
from gateway.settings import Settings, SettingsError, load_settings


def settings_for_command(**given: Any) -> Settings:
    """The settings, complete: where no secret is set, one is made and kept in the data folder."""
    try:
        settings = load_settings(PLATFORMS, **given)
    except SettingsError as error:
        typer.echo(f"tongxin: {error}", err=True)
        raise typer.Exit(2) from None
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    missing: dict[str, Any] = {}
    if not settings.auth.secret.get_secret_value():
        missing["secret"] = SecretStr(_kept_secret(settings.data_dir / "secret"))
    if "issuer" not in settings.auth.model_fields_set and settings.host == "127.0.0.1":
        missing["issuer"] = f"http://{settings.host}:{settings.port}"
        missing["audience"] = f"{missing['issuer']}/graphql"
    return settings.but(auth=settings.auth.model_copy(update=missing))


def _kept_secret(path: Path) -> str:
    """The secret of this installation, readable by its owner only."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
