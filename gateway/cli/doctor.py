"""``tongxin doctor``: are the settings complete, does each platform answer, and if not, what is to be mended.

Asks the platforms itself, beside a running gateway or without one; keeps nothing and makes no folder.
"""

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlsplit

import typer

from connectors.cache import Cache
from connectors.memory import BoundedMemoryCache
from connectors.platform import Platform, PlatformSettings
from gateway.cli.doctor_report import lines_of, row_of, said
from gateway.cli.settings import settings_as_set
from gateway.execution.operation import Language
from gateway.health.examining import Examination, examine
from gateway.platforms import PLATFORMS
from gateway.sandbox_clients import is_loopback
from gateway.settings import Settings

_NAMES = ", ".join(platform.name for platform in PLATFORMS)


def doctor(
    platforms: Annotated[list[str] | None, typer.Argument(help=f"of {_NAMES}; default: all")] = None,
    *,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="take what is not set from the sandbox, as serve does")
    ] = False,
    lang: Annotated[Language | None, typer.Option(help="language; default: the locale's")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Look at settings and platforms from end to end, and say what to mend; exit code 1 if there is something."""
    unknown = set(platforms or ()) - {platform.name for platform in PLATFORMS}
    if unknown:
        typer.echo(f"tongxin: {', '.join(sorted(unknown))}: no such platform; there are {_NAMES}", err=True)
        raise typer.Exit(2)
    chosen = [platform for platform in PLATFORMS if not platforms or platform.name in platforms]
    settings = settings_as_set(**({"sandbox": True} if sandbox else {}))
    if not settings.sandbox and nothing_is_set(settings):
        settings = settings.but(sandbox=True)
    language = lang or spoken(os.environ)
    wrong = _wrong_of(settings, language)
    examined = asyncio.run(_examined(settings, chosen))
    rows = [
        row_of(platform, settings.platform(platform), one, language)
        for platform, one in zip(chosen, examined, strict=True)
    ]
    well = wrong is None and all(row["ok"] for row in rows)
    if as_json:
        told = {
            "ok": well,
            "sandbox": settings.sandbox,
            "settings": {"ok": wrong is None, "mend": wrong},
            "platforms": rows,
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        if settings.sandbox:
            typer.echo(said("sandbox", language))
        typer.echo("\n".join(lines_of(wrong, rows, language)))
        typer.echo(said("well" if well else "ill", language))
    raise typer.Exit(0 if well else 1)


def nothing_is_set(settings: Settings) -> bool:
    """Whether no platform has an address elsewhere or a credential: then it is the sandbox one asks about."""
    sections = [getattr(settings, platform.prefix) for platform in PLATFORMS]
    return not any(_is_set(section) for section in sections)


def _is_set(section: PlatformSettings) -> bool:
    needed = {name for name in section.for_sandbox("") if not name.endswith("_url")}
    elsewhere = "base_url" in section.model_fields_set and not is_loopback(urlsplit(section.base_url).hostname)
    return elsewhere or bool(needed & section.model_fields_set)


def spoken(environment: Mapping[str, str]) -> Language:
    """The language of a locale (POSIX: LC_ALL, then LC_MESSAGES, then LANG)."""
    locale = next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := environment.get(name))), "")
    return Language.ZH if locale.startswith("zh") else Language.EN


async def _examined(settings: Settings, platforms: Sequence[Platform]) -> list[Examination]:
    """All at once: one that hangs does not make the others late."""
    cache = Cache(BoundedMemoryCache(100))
    sections = [settings.platform(platform) for platform in platforms]
    connections = [platform.connect(section, cache) for platform, section in zip(platforms, sections, strict=True)]
    try:
        timeouts = [section.timeout for section in sections]
        pairs = zip(connections, timeouts, strict=True)
        return await asyncio.gather(*(examine(connection, timeout) for connection, timeout in pairs))
    finally:
        await cache.aclose()
        for connection in connections:
            await connection.aclose()


def _wrong_of(settings: Settings, language: Language) -> str | None:
    """What is missing of the gateway's own settings, as far as it shows without the outside."""
    beyond = not is_loopback(settings.host)
    return (
        said("issuer", language, host=settings.host)
        if beyond and "issuer" not in settings.auth.model_fields_set
        else None
    )
