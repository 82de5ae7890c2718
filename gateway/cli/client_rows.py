"""How a client is shown: as JSON, and for people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from auth.client import Client


def row_of(client: Client) -> dict[str, Any]:
    """All that is registered of a client; it has no secret in it."""
    return {
        "client_id": client.client_id,
        "name": client.name,
        "auth_method": client.auth_method.value,
        "grants": sorted(client.grants),
        "scopes": sorted(client.scopes),
        "ticket_forms": sorted(client.ticket_forms),
        "origins": sorted(client.origins),
        "redirect_uris": sorted(client.redirect_uris),
        "post_logout_redirect_uris": sorted(client.post_logout_redirect_uris),
        "backchannel_logout_uri": client.backchannel_logout_uri,
        "jwks": client.jwks,
        "contact": client.contact,
        "access_token_lifetime": client.access_token_lifetime,
        "dpop_bound": client.dpop_bound,
        "require_par": client.require_par,
        "created_at": time_of(client.created_at),
        "disabled_at": time_of(client.disabled_at),
        "used_at": time_of(client.used_at),
    }


def line_of(client: Client) -> str:
    """A client on one line of a list."""
    state = "disabled" if client.disabled_at else "live"
    used = f"used {minute_of(client.used_at)}" if client.used_at else "never used"
    may = " ".join([*sorted(client.scopes), *sorted(client.origins)])
    return f"{client.client_id}  {state}  {client.name}  {may}  {used}"


def lines_of(row: Mapping[str, Any]) -> str:
    """A row for people: what is not there is left out."""
    shown = {key: " ".join(map(str, value)) if isinstance(value, list) else value for key, value in row.items()}
    return "\n".join(f"{key}: {value}" for key, value in shown.items() if value not in {None, ""})


def time_of(moment: datetime | None) -> str | None:
    """As JSON has it."""
    return None if moment is None else moment.isoformat()


def minute_of(moment: datetime) -> str:
    """For people."""
    return f"{moment:%Y-%m-%d %H:%M}Z"
