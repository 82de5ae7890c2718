"""``tongxin outbox``: what writes bring about and is not done yet, or was given up."""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

import typer

from auth.audit import Act
from auth.authority import Authority
from auth.store.database import Database
from auth.store.moments import now
from connectors.records.effect import EffectStatus
from gateway.cli.client_rows import minute_of, time_of
from gateway.cli.store import with_authority
from gateway.platforms import PLATFORMS
from gateway.writes.operating import CannotError, KeptEffect, give_up, kept_effects, try_again

app = typer.Typer(no_args_is_help=True, help=__doc__)
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
Numbers = Annotated[list[int], typer.Argument(help="effects, by their number in the list")]
_NAMES = tuple(platform.name for platform in PLATFORMS)


@app.command("list")
def list_(
    *,
    status: Annotated[
        list[EffectStatus] | None, typer.Option(help="only these; else all that wait or were given up")
    ] = None,
    platform: Annotated[str | None, typer.Option(help=f"only of that platform: {', '.join(_NAMES)}")] = None,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="at most so many")] = 100,
    as_json: AsJson = False,
) -> None:
    """Show effects, the oldest first: nothing of what was written, nor by whom."""
    if platform is not None and platform not in _NAMES:
        raise typer.BadParameter(f"one of {', '.join(_NAMES)}", param_hint="--platform")
    effects = with_authority(lambda authority: kept_effects(authority.database, status or (), platform, most))
    if as_json:
        typer.echo(json.dumps([_row(effect) for effect in effects]))
        return
    for effect in effects:
        typer.echo(_line(effect))
    if not effects:
        typer.echo("nothing waits, and nothing was given up" if status is None else "there are none")


@app.command()
def retry(numbers: Numbers) -> None:
    """Have effects tried now, also what was given up; all of them or, where one cannot be, none."""
    _act(numbers, try_again, Act.EFFECT_RETRIED, "will be tried now")


@app.command()
def drop(numbers: Numbers) -> None:
    """Give effects up: who wrote sees FAILED, with the code WRITE_DROPPED. `retry` takes it back."""
    _act(numbers, give_up, Act.EFFECT_DROPPED, "is given up")


def _act(
    numbers: Sequence[int],
    change: Callable[[Database, Sequence[int]], Awaitable[list[KeptEffect]]],
    noted: Act,
    said: str,
) -> None:
    async def done(authority: Authority) -> list[KeptEffect]:
        effects = await change(authority.database, numbers)
        for one in effects:
            authority.audit.note(noted, write=one.write_id, place=one.place, kind=one.kind, platform=one.platform)
        return effects

    try:
        effects = with_authority(done)
    except CannotError as error:
        typer.echo(f"tongxin: {error}", err=True)
        raise typer.Exit(1) from None
    for effect in effects:
        typer.echo(f"{effect.number}  {effect.kind} on {effect.platform} {said}")


def _row(effect: KeptEffect) -> dict[str, Any]:
    return effect._asdict() | {"begun_at": time_of(effect.begun_at), "due_at": time_of(effect.due_at)}


def _line(effect: KeptEffect) -> str:
    told = [
        str(effect.number),
        effect.status,
        effect.platform,
        effect.kind,
        f"of {effect.act} {effect.write_id}",
        f"since {minute_of(effect.begun_at)}",
        f"{effect.attempts} tries",
        _next(effect),
        effect.code,
    ]
    return "  ".join(word for word in told if word)


def _next(effect: KeptEffect) -> str | None:
    if effect.status == EffectStatus.FAILED:
        return None
    if effect.held:
        return "is being tried"
    if effect.behind is not None:
        return f"behind {effect.behind}"
    return "due" if effect.due_at <= now() else f"again {minute_of(effect.due_at)}"
