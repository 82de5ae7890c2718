"""``tongxin client``: front ends and partner systems that may ask for tokens."""

import json
from typing import Annotated, Any, NoReturn

import typer

from auth.client import AuthMethod, Client, GrantType
from auth.clients import UnknownClientError
from connectors.records.identity import TicketForm
from connectors.viewer import Scope
from gateway.cli.store import with_authority

app = typer.Typer(no_args_is_help=True, help=__doc__)
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="what people call it")],
    *,
    grant: Annotated[list[GrantType], typer.Option(help="what it may trade for a token; more than once")],
    scope: Annotated[list[Scope], typer.Option(help="what its tokens may be used for; more than once")],
    ticket_form: Annotated[list[TicketForm] | None, typer.Option(help="tickets it may hand in; more than once")] = None,
    origin: Annotated[
        list[str] | None, typer.Option(help="web origin of its pages, https://host; more than once")
    ] = None,
    auth_method: Annotated[AuthMethod, typer.Option(help="how it proves itself")] = AuthMethod.CLIENT_SECRET_BASIC,
    as_json: AsJson = False,
) -> None:
    """Register a client; its secret is shown this once."""
    try:
        client_id, secret = with_authority(
            lambda authority: authority.clients.create(
                name,
                grants=grant,
                scopes=scope,
                ticket_forms=ticket_form or [],
                origins=origin or [],
                auth_method=auth_method,
            )
        )
    except ValueError as error:
        _end(str(error))
    told = {"client_id": client_id, "client_secret": secret}
    typer.echo(json.dumps(told) if as_json else "\n".join(f"{key}: {value}" for key, value in told.items()))


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Show every client, without its secrets."""
    rows = [_row(client) for client in with_authority(lambda authority: authority.clients.list())]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        state = "disabled" if row["disabled_at"] else "live"
        typer.echo(f"{row['client_id']}  {state}  {row['name']}  {' '.join([*row['scopes'], *row['origins']])}")


@app.command()
def rotate(client_id: str, *, as_json: AsJson = False) -> None:
    """Give a client a new secret, shown this once; the one before stays good until the next rotation."""
    try:
        secret = with_authority(lambda authority: authority.clients.rotate(client_id))
    except UnknownClientError:
        _end(f"{client_id}: no such client")
    typer.echo(json.dumps({"client_id": client_id, "client_secret": secret}) if as_json else secret)


@app.command()
def disable(client_id: str) -> None:
    """End a client and, within a minute, its tokens."""
    try:
        with_authority(lambda authority: authority.clients.disable(client_id))
    except UnknownClientError:
        _end(f"{client_id}: no such client")


def _row(client: Client) -> dict[str, Any]:
    return {
        "client_id": client.client_id,
        "name": client.name,
        "auth_method": client.auth_method.value,
        "grants": sorted(client.grants),
        "scopes": sorted(client.scopes),
        "ticket_forms": sorted(client.ticket_forms),
        "origins": sorted(client.origins),
        "created_at": client.created_at.isoformat(),
        "disabled_at": client.disabled_at and client.disabled_at.isoformat(),
    }


def _end(why: str) -> NoReturn:
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(1)
