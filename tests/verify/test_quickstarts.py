"""The partners' quickstarts, as they stand in the documentation, against a running gateway and its sandbox."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from joserfc.jwk import ECKey

from tests.servers import free_port
from tests.verify.served_gateway import SECONDS, TONGXIN, Served, served, serving

__all__ = ["TONGXIN", "Served", "served"]
pytestmark = pytest.mark.verify

QUICKSTARTS = Path(__file__).parents[2] / "docs/partners/quickstarts"
PYTHON = [sys.executable, "-W", "ignore"]  # warnings of the libraries about themselves
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"

Require = Callable[[object, str], None]


def has(lines: Sequence[str], beginning: str) -> bool:
    """Whether a line begins so."""
    return any(line.startswith(beginning) for line in lines)


def test_python_own_token(served: Served) -> None:
    """Authlib's client: client credentials, introspection, revocation."""
    lines = served.run(*PYTHON, str(QUICKSTARTS / "python/own_token.py"), facts=served.machine())

    assert lines[0] == "Granted: opinion:read for 600 s"
    assert lines[-2:] == ["Active: True", "Active after revocation: False"]


def test_python_private_key(served: Served, tmp_path: Path) -> None:
    """The same by ``private_key_jwt``."""
    key = ECKey.generate_key("P-256", parameters={"use": "sig"}, auto_kid=True)
    (tmp_path / "private.jwk.json").write_text(json.dumps(key.as_dict(private=True)))
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    client = served.machine("--auth-method", "private_key_jwt", "--jwks", str(tmp_path / "jwks.json"))
    facts = client | {"PRIVATE_KEY": str(tmp_path / "private.jwk.json")}

    lines = served.run(*PYTHON, str(QUICKSTARTS / "python/own_token.py"), facts=facts)

    assert lines[-2:] == ["Active: True", "Active after revocation: False"]


def test_python_sm2(tmp_path: Path) -> None:
    """By a key of SM2, in front of a gateway whose cryptography is national."""
    example = [*PYTHON, str(QUICKSTARTS / "python/sm2_own_token.py")]
    subprocess.run([*example, "new-key", "2026-11"], cwd=tmp_path, check=True, timeout=SECONDS)
    keys, private = str(tmp_path / "2026-11.jwks.json"), {"PRIVATE_KEY": str(tmp_path / "2026-11.private.json")}

    with serving(tmp_path / "data", TONGXIN_AUTH__CRYPTOGRAPHY="national") as national:
        client = national.machine("--auth-method", "private_key_jwt", "--jwks", keys)
        lines = national.run(*example, facts=client | private)

    assert lines == ["Granted: opinion:read for 600 s"]


def test_python_sign_in_and_back_channel(served: Served) -> None:
    """A person signs in, the token is refreshed, the person signs out; the back channel hears of it."""
    port = str(free_port())
    facts = served.web_client("--backchannel-logout-uri", f"http://127.0.0.1:{port}/") | {"PORT": port}
    listener = subprocess.Popen(
        [*PYTHON, str(QUICKSTARTS / "python/back_channel.py")],
        env=dict(os.environ) | facts | {"TONGXIN": served.address},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert listener.stdout is not None
    try:
        lines = served.run(*PYTHON, str(QUICKSTARTS / "python/sign_in.py"), facts=facts)
        heard = listener.stdout.readline()
    finally:
        listener.kill()
        listener.wait()
        listener.stdout.close()

    (signed_in,) = [line for line in lines if line.startswith("Signed in:")]
    assert "Refreshed: True" in lines
    assert heard.startswith(f"Signed out: {signed_in.split()[2]} session ")


def test_typescript(served: Served, require: Require, tmp_path: Path) -> None:
    """By openid-client: types checked, then a pushed request, code, refresh, sign-out."""
    require(shutil.which("npm"), "npm is not here")
    folder = Path(shutil.copytree(QUICKSTARTS / "typescript", tmp_path / "typescript"))
    subprocess.run(["npm", "ci", "--silent", "--no-fund", "--no-audit"], cwd=folder, check=True, timeout=SECONDS)
    subprocess.run(["npm", "run", "--silent", "build"], cwd=folder, check=True, timeout=SECONDS)

    lines = served.run("node", str(folder / "built/sign-in.js"), facts=served.web_client())

    assert has(lines, "Signed in: p_")
    assert has(lines, 'The graph says: {"data":{"viewer":{"displayName":')
    assert "Refreshed: true" in lines


def test_java_own_token(served: Served, require: Require) -> None:
    """The JDK alone: client credentials, and the token's signature verified with the published keys."""
    require(shutil.which("java"), "java is not here")

    lines = served.run("java", str(QUICKSTARTS / "java/Quickstart.java"), "own-token", facts=served.machine())

    assert lines[0] == "Granted: opinion:read"
    assert has(lines, 'Its claims, verified: {"iss":')


def test_java_sign_in(served: Served, require: Require) -> None:
    """The JDK alone: code and PKCE, and the id_token verified."""
    require(shutil.which("java"), "java is not here")

    lines = served.run("java", str(QUICKSTARTS / "java/Quickstart.java"), "sign-in", facts=served.web_client())

    assert has(lines, "Signed in: p_")
    assert has(lines, 'The graph says: {"data":{"viewer":{"displayName":')


def test_curl_own_token(served: Served, require: Require) -> None:
    """By curl and jq: client credentials, introspection, revocation."""
    require(shutil.which("curl") and shutil.which("jq"), "curl or jq is not here")

    lines = served.run("sh", str(QUICKSTARTS / "curl/own-token.sh"), facts=served.machine())

    assert has(lines, '{"active":true,"scope":"opinion:read"')
    assert lines[-1] == '{"active":false}'


def test_curl_sign_in(served: Served, require: Require) -> None:
    """By curl, jq and openssl: a pushed request, a browser, the code."""
    require(shutil.which("jq") and shutil.which("openssl"), "jq or openssl is not here")

    lines = served.run("sh", str(QUICKSTARTS / "curl/sign-in.sh"), facts=served.web_client(), pasted=True)

    assert "Granted: graph:read openid" in lines
    assert json.loads(lines[-1])["roles"] == ["citizen"]


def test_curl_device(served: Served, require: Require) -> None:
    """By curl and jq: a device shows a code, somebody lets it in, it goes on and gives its tokens back."""
    require(shutil.which("jq"), "jq is not here")
    facts = served.client(
        *("--grant", DEVICE, "--grant", "refresh_token", "--scope", "openid", "--scope", "graph:read"),
        *("--auth-method", "none"),
    )

    lines = served.run("sh", str(QUICKSTARTS / "curl/device.sh"), facts=facts)

    assert lines[-2:] == ["Refreshed for: graph:read openid", "Given back."]
