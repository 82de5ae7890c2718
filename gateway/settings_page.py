"""``docs/settings.md``, made from the settings themselves."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from gateway.platforms import PLATFORMS
from gateway.settings import PREFIX, settings_of

_HEAD = """# Settings

Made from the code (`make docs`); do not edit. Each setting is a variable, or the same words in `tongxin.toml`
(`TONGXIN_ZZD__BASE_URL` is `base_url` in the section `[zzd]`). Variables win over files of secrets, these over the
TOML file. A secret may lie in a file of its variable's name in the folder that `TONGXIN_SECRETS_DIR` names.
A wrong setting stops the start with one line that names it.

| variable | default | what it is |
|---|---|---|
"""


def settings_page() -> str:
    """The page as Markdown."""
    return _HEAD + "".join(_rows(settings_of(PLATFORMS), PREFIX))


def _rows(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        variable = prefix + name.upper()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _rows(field.annotation, variable + "__")
        else:
            yield f"| `{variable}` | {_default(field)} | {field.description or ''} |\n"


def _default(field: FieldInfo) -> str:
    if field.default_factory_takes_validated_data:
        return "see there"
    value: Any = field.get_default(call_default_factory=True)
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return f"`{value}`" if value not in ("", None) else ""
