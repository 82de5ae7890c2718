"""``tongxin breaker``: stops calls to a platform, or lets them through, until a moment; every gateway follows."""

import json
from typing import Annotated

import typer

from auth.audit import Act
from auth.authority import Authority
from auth.store.moments import now
from connectors.records.health import BreakerState
from gateway.cli.client_rows import minute_of, time_of
from gateway.cli.store import with_authority
from gateway.ops.acting import MOST_MINUTES
from gateway.ops.incidents.episode import ALL
from gateway.ops.incidents.lines import act_line
from gateway.ops.incidents.store import IncidentStore
from gateway.ops.orders import BREAKER, OrderBook, Ordered
from gateway.ops.pressing import CLOSE, OPEN, RELEASE
from gateway.platforms import PLATFORMS

app = typer.Typer(no_args_is_help=True, help=__doc__)
_NAMES = tuple(platform.name for platform in PLATFORMS)
_PlatformName = Annotated[str, typer.Argument(metavar="PLATFORM", help=f"one of {', '.join(_NAMES)}")]
_Minutes = Annotated[int, typer.Option(min=1, max=MOST_MINUTES, help="for how long; it ends by itself")]
_NOTED = {BreakerState.OPEN: Act.BREAKER_OPENED, BreakerState.CLOSED: Act.BREAKER_CLOSED}


@app.command("list")
def list_(*, as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> None:
    """Show what is ordered now, by whom and until when. How breakers are by themselves /ops tells."""
    orders = with_authority(lambda authority: OrderBook(authority.database).standing())
    if as_json:
        rows = [one._asdict() | {"made_at": time_of(one.made_at), "until": time_of(one.until)} for one in orders]
        typer.echo(json.dumps(rows))
        return
    for one in orders:
        what = f"calls {'stopped' if one.state == BreakerState.OPEN else 'let through'}" if one.state else "old data"
        typer.echo(f"{one.platform}  {what}  until {minute_of(one.until)}  by {one.by}")
    if not orders:
        typer.echo("nothing is ordered: every breaker acts by itself")


@app.command("open")
def open_(platform: _PlatformName, minutes: _Minutes = 30) -> None:
    """Stop the calls to a platform: its fields answer at once, with what is kept or an error."""
    _order(platform, BreakerState.OPEN, minutes)


@app.command()
def close(platform: _PlatformName, minutes: _Minutes = 30) -> None:
    """Let calls through, however they end."""
    _order(platform, BreakerState.CLOSED, minutes)


@app.command()
def release(platform: _PlatformName) -> None:
    """Take an order back: the breaker acts by itself again."""
    _known(platform)

    async def done(authority: Authority) -> bool:
        taken = await OrderBook(authority.database).take_back(platform, BREAKER)
        if taken:
            authority.audit.note(Act.BREAKER_RELEASED, platform=platform)
            await _told(authority, platform, RELEASE, None)
        return taken

    taken = with_authority(done)
    typer.echo(f"{platform}: {'its breaker acts by itself again' if taken else 'nothing was ordered'}")


def _order(platform: str, state: BreakerState, minutes: int) -> None:
    _known(platform)

    async def done(authority: Authority) -> Ordered:
        book = OrderBook(authority.database)
        ordered = await book.give(platform, BREAKER, state.value, _name(authority), minutes)
        authority.audit.note(_NOTED[state], platform=platform, minutes=minutes)
        await _told(authority, platform, OPEN if state is BreakerState.OPEN else CLOSE, minutes)
        return ordered

    ordered = with_authority(done)
    said = "calls are stopped" if state is BreakerState.OPEN else "calls are let through"
    typer.echo(f"{platform}: {said} until {minute_of(ordered.until)}")


async def _told(authority: Authority, platform: str, act: str, minutes: int | None) -> None:
    """Add it to the incident it belongs to, if there is one."""
    line = act_line(act, minutes, now(), _name(authority))
    await IncidentStore(authority.database, "command").note((platform, ALL), line)


def _name(authority: Authority) -> str:
    return f"operator {authority.audit.operator}"


def _known(platform: str) -> None:
    if platform not in _NAMES:
        raise typer.BadParameter(f"one of {', '.join(_NAMES)}", param_hint="PLATFORM")
