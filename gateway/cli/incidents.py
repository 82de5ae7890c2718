"""``tongxin incidents``: what happened to the platforms, and what was done about it."""

import sys
from datetime import timedelta
from typing import Annotated

import typer

from auth.store.moments import now
from gateway.cli.client_rows import minute_of
from gateway.cli.store import with_authority
from gateway.ops.incidents.exporting import as_csv as table_of
from gateway.ops.incidents.exporting import as_lines as lines_of
from gateway.ops.incidents.store import IncidentStore
from gateway.ops.kept_shapes import IncidentTold

app = typer.Typer(no_args_is_help=True, help=__doc__)
Days = Annotated[int, typer.Option(min=1, max=3650, help="those of the last so many days")]


@app.command("list")
def list_(*, days: Days = 30) -> None:
    """Show incidents, the newest first, a line each."""
    found = _read(days)
    for one in found:
        until = "goes on" if one.ended is None else f"to {minute_of(one.ended)}"
        typer.echo(f"{one.id}  {one.platform or 'all'}  {minute_of(one.began)} {until}  {one.kind}  {one.en}")
    if not found:
        typer.echo("there were none")


@app.command()
def export(
    *,
    days: Days = 365,
    as_csv: Annotated[bool, typer.Option("--csv", help="a row for each line of each timeline")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="a document an incident, one a line; the default")] = False,
) -> None:
    """Write incidents with their timelines to standard output."""
    if as_csv and as_json:
        raise typer.BadParameter("--csv or --json", param_hint="--csv")
    found = _read(days)
    sys.stdout.write(table_of(found) if as_csv else lines_of(found))


def _read(days: int) -> list[IncidentTold]:
    return with_authority(
        lambda authority: IncidentStore(authority.database, "command").since(now() - timedelta(days=days))
    )
