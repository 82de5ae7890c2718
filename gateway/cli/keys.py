"""``tongxin keys``: the keys that tokens, and the audit where it has one of its own, are signed with."""

import json
from datetime import timedelta
from typing import Annotated

import typer

from auth.audit import Act
from auth.authority import Authority
from auth.keys import ALGORITHM, LEAD, KeyFacts, UnknownKeyError
from auth.store.moments import now
from gateway.cli.client_rows import time_of
from gateway.cli.store import with_authority

app = typer.Typer(no_args_is_help=True, help=__doc__)
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Show every key, the newest first."""
    _show(with_authority(lambda authority: authority.keys.list()), as_json=as_json)


@app.command()
def rotate(
    *,
    at_once: Annotated[
        bool, typer.Option("--now", help="sign with the new key at once, though copies of the keys do not have it yet")
    ] = False,
    revoke: Annotated[
        str | None, typer.Option(metavar="KID", help="retire this key at once: what it signed is not believed any more")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a new key: published now, it signs in ten minutes, and older ones retire once they are not needed.

    With --revoke only that key goes; a new one is made where none would be left.
    """

    async def rotated(authority: Authority) -> tuple[KeyFacts, ...]:
        made = None
        if revoke is not None:
            made = await authority.keys.revoke(revoke)
            authority.audit.note(Act.KEY_REVOKED, kid=revoke)
        if revoke is None or (at_once and made is None):
            kid = await authority.keys.rotate(timedelta() if at_once else LEAD)
            authority.audit.note(Act.KEYS_ROTATED, kid=kid, at_once=at_once)
        return await authority.keys.list()

    try:
        _show(with_authority(rotated), as_json=as_json)
    except UnknownKeyError:
        typer.echo(f"tongxin: {revoke}: no such key in use", err=True)
        raise typer.Exit(1) from None


def _show(keys: tuple[KeyFacts, ...], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([_row(key) for key in keys]))
        return
    for key in keys:
        retires = f"  retires {key.retired_at:%Y-%m-%d %H:%M}Z" if key.retired_at else ""
        typer.echo(f"{key.kid}  {key.alg}  {_state(key)}  from {key.not_before:%Y-%m-%d %H:%M}Z{retires}")


def _state(key: KeyFacts) -> str:
    moment = now()
    if key.retired_at is not None and key.retired_at <= moment:
        return "retired"
    if key.signs:
        return "signs"
    if key.not_before <= moment:
        return "verifies"
    return "published" if key.alg == ALGORITHM else "waits"  # nobody else needs the audit's


def _row(key: KeyFacts) -> dict[str, str | None]:
    return {
        "kid": key.kid,
        "alg": key.alg,
        "state": _state(key),
        "not_before": time_of(key.not_before),
        "retired_at": time_of(key.retired_at),
    }
