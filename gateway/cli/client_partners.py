"""``tongxin client invite`` and ``deliveries``: partners that register themselves, and what they are told."""

import json
from typing import Annotated

import typer

from auth.audit import Act
from auth.authority import Authority
from auth.logouts.deliveries import Delivery
from gateway.cli.client import AsJson, done
from gateway.cli.client_options import Scopes
from gateway.cli.client_rows import minute_of, time_of


def invite(
    label: Annotated[str, typer.Argument(help="whom; the name of its clients, unless they say another")],
    *,
    scope: Scopes,
    uses: Annotated[int, typer.Option(min=1, max=100, help="how many clients it may register")] = 1,
    expires: Annotated[int, typer.Option(min=60, max=31_536_000, help="for how long, in seconds")] = 604_800,
    as_json: AsJson = False,
) -> None:
    """Let somebody register clients at /oauth/register (RFC 7591); the token for it is shown this once."""

    async def invited(authority: Authority) -> str:
        token = await authority.invitations.create(label, scope, uses=uses, lasts_s=expires)
        authority.audit.note(Act.CLIENT_INVITED, uses=uses, scopes=sorted(scope))
        return token

    token = done(invited)
    typer.echo(json.dumps({"initial_access_token": token, "expires_in": expires, "uses": uses}) if as_json else token)


def invitations(*, as_json: AsJson = False) -> None:
    """Show the invitations that are still good, without their tokens."""
    found = done(lambda authority: authority.invitations.list())
    if as_json:
        rows = [
            {
                "label": one.label,
                "scopes": sorted(one.scopes),
                "uses_left": one.uses_left,
                "expires_at": time_of(one.expires_at),
            }
            for one in found
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for one in found:
        typer.echo(
            f"{one.label}  {one.uses_left} left  until {minute_of(one.expires_at)}  {' '.join(sorted(one.scopes))}"
        )


def deliveries(
    client_id: Annotated[str | None, typer.Argument(help="c_…; default: all")] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="how many, the latest first")] = 100,
    as_json: AsJson = False,
) -> None:
    """Show how telling clients went that somebody signed out (back-channel logout), the latest first."""
    found = done(lambda authority: authority.deliveries.list(client_id, limit))
    if as_json:
        typer.echo(json.dumps([_row(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        typer.echo(f"{one.created_at:%Y-%m-%d %H:%M:%S}Z  {one.client_id}  {one.client}  {_state(one)}")


def _state(delivery: Delivery) -> str:
    if delivery.delivered_at is not None:
        return f"delivered {delivery.delivered_at:%H:%M:%S}Z, tries {delivery.tries}"
    if delivery.given_up_at is not None:
        return f"given up ({delivery.fault}), tries {delivery.tries}"
    if delivery.fault is None:
        return "waits"
    return f"waits ({delivery.fault}), tries {delivery.tries}, next {delivery.next_at:%H:%M:%S}Z"


def _row(delivery: Delivery) -> dict[str, object]:
    return {
        "id": delivery.id,
        "client_id": delivery.client_id,
        "name": delivery.client,
        "created_at": time_of(delivery.created_at),
        "tries": delivery.tries,
        "next_at": time_of(delivery.next_at),
        "delivered_at": time_of(delivery.delivered_at),
        "given_up_at": time_of(delivery.given_up_at),
        "fault": delivery.fault,
    }
