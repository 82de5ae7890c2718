"""``tongxin client``: front ends and partner systems that may ask for tokens."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from auth.audit import Act
from auth.authority import Authority
from auth.client import AuthMethod
from auth.clients import UnknownClientError
from gateway.cli import client_options as options
from gateway.cli.client_rows import line_of, lines_of, row_of
from gateway.cli.store import with_authority

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, help=__doc__)
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
ClientId = Annotated[str, typer.Argument(help="c_…")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="what people call it")],
    *,
    grant: options.Grants,
    scope: options.Scopes,
    redirect_uri: options.RedirectUris = None,
    post_logout_redirect_uri: options.PostLogoutRedirectUris = None,
    backchannel_logout_uri: options.BackchannelLogoutUri = None,
    ticket_form: options.TicketForms = None,
    origin: options.Origins = None,
    auth_method: options.Method = AuthMethod.CLIENT_SECRET_BASIC,
    jwks: options.Jwks = None,
    contact: options.Contact = None,
    access_token_lifetime: options.Lifetime = None,
    dpop_bound: options.DpopBound = False,
    require_par: options.RequirePar = False,
    as_json: AsJson = False,
) -> None:
    """Register a client; its secret is shown this once."""

    async def created(authority: Authority) -> tuple[str, str]:
        client_id, secret = await authority.clients.create(
            name,
            grants=grant,
            scopes=scope,
            ticket_forms=ticket_form or [],
            origins=origin or [],
            redirect_uris=redirect_uri or [],
            post_logout_redirect_uris=post_logout_redirect_uri or [],
            backchannel_logout_uri=backchannel_logout_uri,
            jwks=options.keys_in(jwks),
            contact=contact,
            access_token_lifetime=access_token_lifetime or None,
            dpop_bound=dpop_bound,
            require_par=require_par,
            auth_method=auth_method,
        )
        authority.audit.note(Act.CLIENT_CREATED, client_id=client_id)
        return client_id, secret

    client_id, secret = done(created)
    tell({"client_id": client_id} | ({"client_secret": secret} if secret else {}), as_json=as_json)


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Show every client, without its secrets."""
    clients = with_authority(lambda authority: authority.clients.list())
    if as_json:
        typer.echo(json.dumps([row_of(client) for client in clients], ensure_ascii=False))
        return
    for client in clients:
        typer.echo(line_of(client))


@app.command()
def show(client_id: ClientId, *, as_json: AsJson = False) -> None:
    """Show all that is registered of one client, without its secrets."""
    client = with_authority(lambda authority: authority.clients.find(client_id))
    if client is None:
        end(f"{client_id}: no such client")
    tell(row_of(client), as_json=as_json)


@app.command()
def rotate(
    client_id: ClientId,
    *,
    at_once: Annotated[bool, typer.Option("--at-once", help="the secret before ends now: it leaked")] = False,
    as_json: AsJson = False,
) -> None:
    """Give a client a new secret, shown this once; the one before stays good until the next rotation."""

    async def rotated(authority: Authority) -> str:
        secret = await authority.clients.rotate(client_id, at_once=at_once)
        authority.audit.note(Act.CLIENT_SECRET_ROTATED, client_id=client_id, at_once=at_once)
        return secret

    secret = done(rotated)
    typer.echo(json.dumps({"client_id": client_id, "client_secret": secret}) if as_json else secret)


@app.command()
def disable(client_id: ClientId) -> None:
    """End a client and, within seconds, its tokens."""
    if not done(lambda authority: authority.endings.client(client_id)):
        end(f"{client_id}: no such client")


@app.command()
def enable(client_id: ClientId) -> None:
    """Let a disabled client get tokens again; those it had stay ended."""

    async def enabled(authority: Authority) -> None:
        await authority.clients.enable(client_id)
        authority.audit.note(Act.CLIENT_ENABLED, client_id=client_id)

    done(enabled)


def done(act: Callable[[Authority], Awaitable[T]]) -> T:
    """Run an act on the store; one line says what is wrong."""
    try:
        return with_authority(act)
    except UnknownClientError as error:
        end(f"{error}: no such client")
    except ValueError as error:
        end(str(error))


def end(why: str) -> NoReturn:
    """End the command with one line."""
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(1)


def tell(row: dict[str, Any], *, as_json: bool) -> None:
    """Print a row."""
    typer.echo(json.dumps(row, ensure_ascii=False) if as_json else lines_of(row))
