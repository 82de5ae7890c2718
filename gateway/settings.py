"""Settings: typed, from ``tongxin.toml``, ``TONGXIN_*`` variables and files of secrets, in that order of weight.

Variables win over the file. A section's setting is written with two underscores: ``TONGXIN_AUTH__ISSUER``. A secret
may lie in a file of its name in the folder ``TONGXIN_SECRETS_DIR`` names.
"""

import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Any, Self

from pydantic import Field, ValidationError, ValidationInfo, create_model, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from auth.settings import AuthSettings
from connectors.platform import Platform, PlatformSettings
from gateway.caching import CacheSettings
from gateway.cockpit.settings import CockpitSettings
from gateway.execution.settings import AnswersSettings
from gateway.health.settings import OpsSettings
from gateway.http.settings import EdgeSettings
from gateway.limits.settings import LimitSettings
from gateway.live.settings import LiveSettings
from gateway.persisted.settings import DocumentSettings
from gateway.uploads.settings import UploadSettings
from gateway.writes.settings import WriteSettings

PREFIX = "TONGXIN_"
_FOR_OTHERS = {"TONGXIN_SECRETS_DIR", "TONGXIN_REQUIRE_ALL"}


class Settings(BaseSettings):
    """The gateway's own settings; the platforms' sections are added by ``settings_of``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", toml_file="tongxin.toml", extra="forbid", frozen=True
    )

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 takes any free one")
    data_dir: Path = Field(Path("var"), description="folder for what the gateway keeps on disk")
    sandbox: bool = Field(default=False, description="take what is not set of a platform from its sandbox")
    mock: bool = Field(
        default=False, description="answer what is invented from the schema, asking no platform; with `sandbox` only"
    )
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="how much is logged")
    log_format: str = Field(
        "json", pattern="^(json|text)$", description="how: `json` for machines, `text` for people at a terminal"
    )
    cache: CacheSettings = Field(default_factory=CacheSettings, description="what was read of the platforms")
    auth: AuthSettings = Field(default_factory=AuthSettings, description="sign-on")
    edge: EdgeSettings = Field(default_factory=EdgeSettings, description="GraphQL over HTTP")
    answers: AnswersSettings = Field(default_factory=AnswersSettings, description="public answers, shared and kept")
    limits: LimitSettings = Field(default_factory=LimitSettings, description="what one operation may ask for")
    cockpit: CockpitSettings = Field(default_factory=CockpitSettings, description="the cockpit's topics")
    documents: DocumentSettings = Field(
        default_factory=DocumentSettings, description="documents that are asked for by name"
    )
    writes: WriteSettings = Field(default_factory=WriteSettings, description="writes, and what follows from them")
    uploads: UploadSettings = Field(default_factory=UploadSettings, description="files people send")
    live: LiveSettings = Field(default_factory=LiveSettings, description="subscriptions")
    ops: OpsSettings = Field(default_factory=OpsSettings, description="probes and metrics")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic hands it in; .env files are not read
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then variables, then files of secrets, then the TOML file."""
        secrets = NestedSecretsSettingsSource(
            file_secret_settings,
            secrets_dir=os.environ.get("TONGXIN_SECRETS_DIR"),
            secrets_dir_missing="error",
            secrets_nested_delimiter="__",
        )
        return init_settings, env_settings, secrets, TomlConfigSettingsSource(settings_cls)

    @field_validator("mock")
    @classmethod
    def _never_of_real_platforms(cls, value: bool, told: ValidationInfo) -> bool:  # noqa: FBT001 - pydantic's form
        if value and not told.data.get("sandbox"):
            raise ValueError("only with sandbox = true, so that nothing invented is taken for real")
        return value

    def platform(self, platform: Platform) -> Any:
        """A platform's section: where nothing was set browsers come back here, and ``sandbox`` gives its values."""
        chosen: PlatformSettings = getattr(self, platform.prefix)
        section = chosen.with_callback(f"{self.public_url}/login/{platform.name}/callback")
        return section.with_sandbox() if self.sandbox else section

    @property
    def documents_folder(self) -> Path:
        """Where the manifests of trusted documents are."""
        return self.documents.folder or self.data_dir / "documents"

    @property
    def public_url(self) -> str:
        """Where callers reach the gateway, without a slash at the end: the issuer's own address."""
        return self.auth.issuer

    def but(self, **changes: Any) -> Self:
        """These settings with some changed."""
        return self.model_copy(update=changes)


class SettingsError(Exception):
    """A setting is wrong; the text is one line that names it and says what is allowed."""


@cache
def settings_of(platforms: tuple[Platform, ...]) -> type[Settings]:
    """The settings class with a section per platform, called by the platform's prefix."""
    sections: dict[str, Any] = {
        platform.prefix: (
            platform.settings,
            Field(default_factory=platform.settings, description=f"{platform.title_zh}, {platform.title_en}"),
        )
        for platform in platforms
    }
    return create_model("TongxinSettings", __base__=Settings, **sections)


def load_settings(platforms: Sequence[Platform], **given: Any) -> Settings:
    """Read the settings; ``given`` wins over all. Raises ``SettingsError``."""
    kind = settings_of(tuple(platforms))
    for name in (*os.environ, *_files_of_secrets()):
        section = name.removeprefix(PREFIX).partition("__")[0].lower()
        if name.startswith(PREFIX) and name not in _FOR_OTHERS and section not in kind.model_fields:
            allowed = ", ".join(PREFIX + field.upper() for field in kind.model_fields)
            raise SettingsError(f"{name}: no such setting; there are {allowed}")
    try:
        return kind(**given)
    except (ValueError, OSError) as error:  # pydantic's errors and TOML's are ValueErrors too
        raise SettingsError(_told_of(error)) from None


def _files_of_secrets() -> list[str]:
    """The names of the files of secrets; that the folder is one is looked at by who reads them."""
    folder = Path(os.environ.get("TONGXIN_SECRETS_DIR", "") or os.devnull)
    return [path.name.upper() for path in folder.iterdir()] if folder.is_dir() else []


def _told_of(error: ValueError | OSError) -> str:
    """One line that names what is wrong, without any value."""
    match error:
        case ValidationError():
            first = error.errors(include_input=False, include_url=False)[0]
            return f"{'.'.join(map(str, first['loc']))}: {_reason_of(first)}"
        case TOMLDecodeError():
            return f"tongxin.toml: {error}"
        case UnicodeDecodeError():
            return "tongxin.toml, or a file of secrets: not UTF-8"
        case OSError():
            return f"{error.filename}: cannot be read ({type(error).__name__})"
        case _:  # pydantic-settings': a folder of secrets, or a list or section that is no JSON
            section = re.search(r'parsing value for field "(\w+)"', str(error))
            if section is None:
                return f"settings: {error}"
            return f'{section[1]}: what is given as a variable is no JSON; a list is written ["one", "two"]'


def _reason_of(wrong: ErrorDetails) -> str:
    """What is wrong with one setting; a pattern is for machines."""
    if wrong["type"] == "extra_forbidden":
        return "no such setting"
    pattern = wrong.get("ctx", {}).get("pattern", "")
    if "https?://" not in pattern:
        return wrong["msg"].removeprefix("Value error, ")
    return "not an address: http:// or https://, a host, and a port" + (", no path" if pattern.endswith("/?$") else "")
