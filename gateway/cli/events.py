"""``tongxin events``: have the platforms call us when something changes there."""

import asyncio
import json
from typing import Annotated, Any

import typer

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.memory import BoundedMemoryCache
from connectors.platform import Platform
from connectors.ports import EventRegistrar
from connectors.viewer import ANYONE, Ask
from gateway.cli.settings import settings_as_set
from gateway.errors.registry import REGISTRY
from gateway.execution.operation import Language
from gateway.platforms import PLATFORMS
from gateway.settings import Settings

_SECONDS = 30.0
app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.command()
def register(
    address: Annotated[str, typer.Argument(help="where the platforms reach this gateway: scheme and host")],
    *,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="take what is not set from the sandbox, as serve does")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Register every event we understand at each platform that has them; what stands right already stays."""
    settings = settings_as_set(**({"sandbox": True} if sandbox else {}))
    rows = [row for platform in PLATFORMS if (row := asyncio.run(_registered(platform, settings, address)))]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            typer.echo(f"{row['platform']}: {row['mend'] or ', '.join(row['registered']) or 'all stood right already'}")
    if any(row["mend"] for row in rows):
        raise typer.Exit(1)


async def _registered(platform: Platform, settings: Settings, address: str) -> dict[str, Any] | None:
    """What became of one platform; None for one that sends no events."""
    cache = Cache(BoundedMemoryCache(10))
    connection = platform.connect(settings.platform(platform), cache)
    try:
        registrar = next((one for one in connection.sources if isinstance(one, EventRegistrar)), None)
        if registrar is None:
            return None
        tags = await registrar.ensure_events(address.rstrip("/"), Ask(ANYONE, Deadline.after(_SECONDS)))
        return {"platform": platform.name, "registered": list(tags), "mend": None}
    except PlatformError as error:
        words = REGISTRY[error.code].worded(Language.EN, {"platform": platform.title_en, **error.facts})
        return {"platform": platform.name, "registered": [], "mend": f"{error.code}: {words}"}
    finally:
        await cache.aclose()
        await connection.aclose()
