"""``tongxin client update``: parts of a registration that change."""

from typing import Annotated, Any

import typer

from auth.audit import Act
from auth.authority import Authority
from auth.client import AuthMethod
from auth.origin import origin_from
from auth.revocations import Revoked
from gateway.cli import client_options as options
from gateway.cli.client import AsJson, ClientId, done, tell


def update(
    client_id: ClientId,
    *,
    name: Annotated[str | None, typer.Option(help="what people call it")] = None,
    grant: Annotated[list[str] | None, typer.Option(help="as with create; takes the place of all before")] = None,
    scope: Annotated[list[str] | None, typer.Option(help="as with create; takes the place of all before")] = None,
    redirect_uri: options.RedirectUris = None,
    post_logout_redirect_uri: options.PostLogoutRedirectUris = None,
    backchannel_logout_uri: options.BackchannelLogoutUri = None,
    ticket_form: Annotated[list[str] | None, typer.Option(help="as with create")] = None,
    origin: options.Origins = None,
    auth_method: Annotated[AuthMethod | None, typer.Option(help="how it proves itself")] = None,
    jwks: options.Jwks = None,
    contact: options.Contact = None,
    access_token_lifetime: options.Lifetime = None,
    dpop_bound: Annotated[bool | None, typer.Option("--dpop-bound/--no-dpop-bound")] = None,
    require_par: Annotated[bool | None, typer.Option("--require-par/--no-require-par")] = None,
    as_json: AsJson = False,
) -> None:
    """Change parts of a registration; what is not named stays, and an empty value takes away what was there."""

    async def updated(authority: Authority) -> str:
        named = {
            "name": name,
            "grants": options.grants_of(grant),
            "scopes": options.scopes_of(scope),
            "ticket_forms": options.ticket_forms_of(ticket_form),
            "redirect_uris": options.listed(redirect_uri),
            "post_logout_redirect_uris": options.listed(post_logout_redirect_uri),
            "origins": None if origin is None else frozenset(map(origin_from, options.listed(origin) or ())),
            "auth_method": auth_method,
            "jwks": options.keys_in(jwks),
            "dpop_bound": dpop_bound,
            "require_par": require_par,
        }
        changes: dict[str, Any] = {part: value for part, value in named.items() if value is not None}
        emptied = {"backchannel_logout_uri": backchannel_logout_uri, "contact": contact}
        emptied["access_token_lifetime"] = access_token_lifetime  # type: ignore[assignment]  # 0 is as good as empty
        changes |= {part: value or None for part, value in emptied.items() if value is not None}
        if auth_method is not None and auth_method is not AuthMethod.PRIVATE_KEY_JWT:
            changes["jwks"] = None
        return await _changed(authority, client_id, changes)

    secret = done(updated)
    tell({"client_id": client_id} | ({"client_secret": secret} if secret else {}), as_json=as_json)


async def _changed(authority: Authority, client_id: str, changes: dict[str, Any]) -> str:
    before = await authority.clients.find(client_id)
    secret = await authority.clients.change(client_id, **changes)
    authority.audit.note(Act.CLIENT_CHANGED, client_id=client_id, parts=sorted(changes))
    if before is not None and not before.scopes <= changes.get("scopes", before.scopes):
        # its tokens have more than it may now; it gets new ones at once
        await authority.revocations.revoke(Revoked.CLIENT, client_id)
    return secret
