"""How tests that speak HTTP by hand get a token."""

from urllib.parse import quote

import httpx

from connectors.duty.settings import DutySettings


async def bearer(client: httpx.AsyncClient, settings: DutySettings, scope: str) -> dict[str, str]:
    """The headers a caller with that scope sends."""
    pair = (quote(settings.client_id, safe=""), quote(settings.client_secret.get_secret_value(), safe=""))
    form = {"grant_type": "client_credentials", "scope": scope}
    answer = await client.post("/oauth/token", data=form, auth=pair)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
