"""The module for pages in a browser, as it stands in the documentation, against a running gateway and its sandbox."""

import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.servers import free_port
from tests.verify.served_gateway import PERSON, Served, served

__all__ = ["served"]
pytestmark = pytest.mark.verify

MODULE = Path(__file__).parents[2] / "docs/partners/quickstarts/browser/gateway.js"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
Require = Callable[[object, str], None]

IN_APP = """
import { Gateway } from '%s'
const { TONGXIN, CLIENT_ID, TICKET } = process.env
const page = await Gateway.open(TONGXIN, CLIENT_ID)
console.log('Granted:', await page.signInByTicket('zheliban-unified', TICKET, 'openid graph:read'))
await page.refresh()
console.log((await page.graphql('{ viewer { displayName } }')).data.viewer.displayName)
await page.giveBack()
"""

WEB_PAGE = """
import { Gateway } from '%s'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
const { TONGXIN, CLIENT_ID, CALLBACK } = process.env
const pasted = createInterface({ input: process.stdin })
for (const more of [{}, { prompt: 'none' }]) {
  const page = await Gateway.open(TONGXIN, CLIENT_ID)
  const { address, kept } = await page.beginSignIn(CALLBACK, 'openid graph:read', more)
  console.log('Open this in a browser:', address)
  const [came] = await once(pasted, 'line')
  console.log('Signed in:', (await page.finishSignIn(came, kept)).sub)
  console.log((await page.graphql('{ viewer { displayName } }')).data.viewer.displayName)
}
process.exit(0)
"""


def public_client(served: Served) -> dict[str, str]:
    """A page's client."""
    return served.client(
        *("--grant", EXCHANGE, "--grant", "authorization_code", "--grant", "refresh_token"),
        *("--scope", "openid", "--scope", "graph:read", "--ticket-form", "zheliban-unified"),
        *("--redirect-uri", "http://127.0.0.1/callback", "--origin", "https://app.example.cn"),
        *("--auth-method", "none", "--dpop-bound"),
    ) | {"CALLBACK": f"http://127.0.0.1:{free_port()}/callback"}


def test_page_inside_an_app(served: Served, require: Require) -> None:
    """The browser module: a ticket becomes a bound token, which is refreshed and given back."""
    require(shutil.which("node"), "node is not here")
    ticket = httpx.get(f"{served.citizen_app}/sandbox/ticket", params={"person": PERSON}, trust_env=False).json()
    script = IN_APP % MODULE

    lines = served.run(
        *("node", "--input-type=module", "-e", script), facts=public_client(served) | {"TICKET": ticket["ticket"]}
    )

    assert lines[0] == "Granted: graph:read openid"
    assert len(lines) == 2


def test_page_on_the_web(served: Served, require: Require) -> None:
    """The browser module: code and PKCE by redirect, and the second time without a page."""
    require(shutil.which("node"), "node is not here")
    script = WEB_PAGE % MODULE

    lines = served.run("node", "--input-type=module", "-e", script, facts=public_client(served), pasted=True)

    first, second = (line for line in lines if line.startswith("Signed in: p_"))
    assert first == second
