"""Certified OpenID Connect clients that nobody here wrote, against a running gateway and its sandbox."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey

from tests.verify.quickstart_browser import Browser
from tests.verify.served_gateway import TONGXIN, Served, served

__all__ = ["served"]
pytestmark = pytest.mark.verify

SCRIPTS = Path(__file__).parent / "certified-clients"
PERSON = "citizen-0003"
REDIRECT, LEFT = "http://127.0.0.1/callback", "https://partner.example.cn/left"
CODE = ("--grant", "authorization_code", "--grant", "refresh_token", "--redirect-uri", REDIRECT)
PEOPLE = ("--scope", "openid", "--scope", "profile", "--scope", "graph:read", "--scope", "offline_access")
EXCHANGE = ("--grant", "urn:ietf:params:oauth:grant-type:token-exchange", "--ticket-form", "zheliban-unified")
SECONDS = 180


@pytest.mark.parametrize("script", ["openid-client.mjs", "oauth4webapi.mjs"])
def test_every_step_passes(script: str, served: Served, require: Callable[..., None], tmp_path: Path) -> None:
    """Discovery, code and PKCE, PAR, DPoP, private_key_jwt, refresh, introspection, revocation, device, logout."""
    require(shutil.which("npm"), "npm is not here")
    folder = Path(shutil.copytree(SCRIPTS, tmp_path / "clients"))
    subprocess.run(["npm", "ci", "--silent", "--no-fund", "--no-audit"], cwd=folder, check=True, timeout=SECONDS)

    steps = walked(["node", script], folder, facts_of(served, tmp_path), served)

    failed = [step for step in steps if step["status"] != "ok"]
    assert failed == [], json.dumps(failed, indent=1)
    assert len(steps) > 7


def walked(command: list[str], folder: Path, facts: dict[str, Any], gateway: Served) -> list[dict[str, Any]]:
    """Run a script, do for it what a person and a platform's app do, and answer its steps."""
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    steps = []

    def say(told: dict[str, Any]) -> None:
        process.stdin.write(json.dumps(told) + "\n")  # type: ignore[union-attr]  # opened as a pipe
        process.stdin.flush()  # type: ignore[union-attr]  # opened as a pipe

    say(facts)
    with Browser(gateway.address, PERSON) as browser:
        for line in process.stdout:
            told = json.loads(line)
            if "browse" in told:
                say({"at": browser.walk(told["browse"])})
            elif "ticket" in told:
                asked = {"person": PERSON, "form": "uc"}
                say({"ticket": httpx.get(f"{gateway.citizen_app}/sandbox/ticket", params=asked).json()["ticket"]})
            else:
                steps.append(told)
    process.stdin.close()
    assert process.wait(SECONDS) == 0
    process.stdout.close()
    return steps


def facts_of(gateway: Served, folder: Path) -> dict[str, Any]:
    """Register a client of each kind; what the scripts have to know."""
    key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"}, auto_kid=True)
    (folder / "jwks.json").write_text(json.dumps({"keys": [key.as_dict(private=False)]}))

    def client(*options: str, **more: Any) -> dict[str, Any]:
        told = gateway.client(*options)
        return {"id": told["CLIENT_ID"], "secret": told["CLIENT_SECRET"]} | more

    invited = subprocess.run(
        [*TONGXIN, "client", "invite", "tests", "--scope", "openid", "--scope", "graph:read", "--json"],
        env=gateway.environment,
        capture_output=True,
        check=True,
    )
    machine = ("--grant", "client_credentials", "--scope", "opinion:read")
    keyed = ("--auth-method", "private_key_jwt", "--jwks", str(folder / "jwks.json"), "--grant", "client_credentials")
    return {
        "issuer": gateway.address,
        "graphql": f"{gateway.address}/graphql",
        "redirect_uri": REDIRECT.replace("127.0.0.1", "127.0.0.1:9"),
        "post_logout_redirect_uri": LEFT,
        "initial_access_token": json.loads(invited.stdout)["initial_access_token"],
        "clients": {
            "web": client(*CODE, *PEOPLE, "--post-logout-redirect-uri", LEFT),
            "post": client(*CODE, *PEOPLE, "--auth-method", "client_secret_post"),
            "keyed": client(*CODE, *PEOPLE, *keyed, "--scope", "opinion:read", jwk=key.as_dict(private=True)),
            "spa": client(*CODE, *PEOPLE, *EXCHANGE, "--auth-method", "none", "--dpop-bound"),
            "machine": client(*machine),
            "device": client(
                *("--grant", "urn:ietf:params:oauth:grant-type:device_code", "--auth-method", "none"), *PEOPLE
            ),
        },
    }
