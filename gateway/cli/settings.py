"""Reads the settings for a command, or ends it with one line that names what is wrong."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import typer
from pydantic import SecretStr

from gateway.platforms import PLATFORMS
from gateway.settings import Settings, SettingsError, load_settings


def settings_as_set(**given: Any) -> Settings:
    """The settings as they are, for a command that keeps nothing: no folder is made and no secret.

    On this machine alone our own address follows the port, where none was set.
    """
    try:
        settings = load_settings(PLATFORMS, **given)
    except SettingsError as error:
        _end(str(error))
    if "issuer" in settings.auth.model_fields_set or settings.host != "127.0.0.1":
        return settings
    issuer = f"http://{settings.host}:{settings.port}"
    audience = {} if "audience" in settings.auth.model_fields_set else {"audience": f"{issuer}/graphql"}
    return settings.but(auth=settings.auth.model_copy(update={"issuer": issuer, **audience}))


def settings_for_command(**given: Any) -> Settings:
    """The settings, complete: what sign-on keeps and nobody set a place for is in the data folder."""
    settings = settings_as_set(**given)
    missing: dict[str, Any] = {}
    if "database_url" not in settings.auth.model_fields_set:
        missing["database_url"] = f"sqlite+aiosqlite:///{settings.data_dir}/tongxin.db"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        if not settings.auth.secret.get_secret_value():
            missing["secret"] = SecretStr(_kept_secret(settings.data_dir / "secret"))
    except OSError as error:
        _end(f"data_dir: {settings.data_dir} cannot be used ({type(error).__name__})")
    return settings.but(auth=settings.auth.model_copy(update=missing))


def _kept_secret(path: Path) -> str:
    """The secret of this installation, readable by its owner only."""
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as made:  # mode 0600
            made.write(secrets.token_urlsafe(48))
            made.flush()
            with contextlib.suppress(FileExistsError):  # another process was first: its secret holds
                os.link(made.name, path)
    return path.read_text().strip()


def _end(why: str) -> NoReturn:
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(2)
