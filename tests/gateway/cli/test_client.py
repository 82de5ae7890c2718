"""``tongxin client``: registering front ends and partner systems."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey
from typer.testing import CliRunner

from gateway.cli import app

MAY = ["--grant", "client_credentials", "--scope", "opinion:read"]


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command in front of an empty database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "invented-secret-of-the-tests-0123456789")
    return lambda *arguments: CliRunner().invoke(app, ["client", *arguments])


def test_a_client_has_the_origins_of_its_pages(client: Callable[..., Any]) -> None:
    """They are given at its registration and listed, for people and for programs."""
    pages = ["https://app.example.cn", "http://127.0.0.1:5173"]

    made = client("create", "studio pages", *MAY, "--origin", pages[0], "--origin", pages[1], "--json")
    told, listed = client("list"), client("list", "--json")

    assert made.exit_code == 0
    (row,) = json.loads(listed.output)
    assert (row["client_id"], row["origins"]) == (json.loads(made.output)["client_id"], sorted(pages))
    assert all(page in told.output for page in pages)


def test_what_is_no_origin_is_one_line(client: Callable[..., Any]) -> None:
    """It is named, with what an origin looks like; nothing is registered."""
    made = client("create", "studio pages", *MAY, "--origin", "https://app.example.cn/page")

    assert made.exit_code == 1
    assert "https://app.example.cn/page" in made.output
    assert made.output.count("\n") == 1
    assert client("list").output == ""


def test_a_web_client_is_registered_with_all_it_needs(client: Callable[..., Any]) -> None:
    """Every part of a registration is an option, and shown again."""
    made = client(
        *("create", "伙伴系统", "--grant", "authorization_code", "--grant", "refresh_token", "--scope", "openid"),
        *("--redirect-uri", "https://partner.example.cn/cb", "--redirect-uri", "https://partner.example.cn/cb2"),
        *("--post-logout-redirect-uri", "https://partner.example.cn/bye"),
        *("--backchannel-logout-uri", "https://partner.example.cn/backchannel"),
        *("--contact", "ops@partner.example.cn", "--access-token-lifetime", "300", "--dpop-bound", "--require-par"),
        "--json",
    )
    shown = client("show", json.loads(made.output)["client_id"], "--json")
    told = client("show", json.loads(made.output)["client_id"])

    row = json.loads(shown.output)
    assert row["redirect_uris"] == ["https://partner.example.cn/cb", "https://partner.example.cn/cb2"]
    assert row["post_logout_redirect_uris"] == ["https://partner.example.cn/bye"]
    assert row["backchannel_logout_uri"] == "https://partner.example.cn/backchannel"
    assert (row["contact"], row["access_token_lifetime"]) == ("ops@partner.example.cn", 300)
    assert (row["dpop_bound"], row["require_par"], row["used_at"]) == (True, True, None)
    assert json.loads(made.output)["client_secret"] not in shown.output
    assert "伙伴系统" in told.output
    assert "jwks" not in told.output


def test_a_client_with_keys_is_registered_from_a_file(client: Callable[..., Any], tmp_path: Path) -> None:
    """The file holds its public keys; a private key in it is refused, and so is what is no JSON."""
    key = ECKey.generate_key("P-256")
    public, private, broken = tmp_path / "public.json", tmp_path / "private.json", tmp_path / "broken.json"
    public.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    private.write_text(json.dumps({"keys": [key.as_dict(private=True)]}))
    broken.write_text("{")
    by_keys = ["create", "partner", *MAY, "--auth-method", "private_key_jwt", "--jwks"]

    made = client(*by_keys, str(public), "--json")
    refused = [client(*by_keys, str(path)) for path in (private, broken, tmp_path / "missing.json")]

    assert made.exit_code == 0
    assert "client_secret" not in json.loads(made.output)
    assert [answer.exit_code for answer in refused] == [1, 1, 1]
    assert [answer.output.count("\n") for answer in refused] == [1, 1, 1]
    assert key.as_dict(private=True)["d"] not in refused[0].output


def test_parts_of_a_registration_are_changed(client: Callable[..., Any]) -> None:
    """What is named takes the place of what was there, an empty value takes it away, the rest stays."""
    made = client("create", "partner", *MAY, "--scope", "graph:read", "--contact", "a", "--json")
    client_id = json.loads(made.output)["client_id"]

    changed = client("update", client_id, "--name", "other", "--scope", "opinion:read", "--contact", "")
    bound = client("update", client_id, "--dpop-bound", "--access-token-lifetime", "60")
    back = client("update", client_id, "--access-token-lifetime", "0")

    row = json.loads(client("show", client_id, "--json").output)
    assert [changed.exit_code, bound.exit_code, back.exit_code] == [0, 0, 0]
    assert (row["name"], row["scopes"], row["contact"]) == ("other", ["opinion:read"], None)
    assert (row["dpop_bound"], row["access_token_lifetime"], row["grants"]) == (True, None, ["client_credentials"])


def test_a_new_way_to_prove_itself_gives_a_new_secret(client: Callable[..., Any], tmp_path: Path) -> None:
    """From keys to a secret: it is shown this once, and the keys are gone."""
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"keys": [ECKey.generate_key("P-256").as_dict(private=False)]}))
    made = client("create", "partner", *MAY, "--auth-method", "private_key_jwt", "--jwks", str(keys), "--json")
    client_id = json.loads(made.output)["client_id"]

    changed = client("update", client_id, "--auth-method", "client_secret_post", "--json")

    assert len(json.loads(changed.output)["client_secret"]) >= 43
    assert json.loads(client("show", client_id, "--json").output)["jwks"] is None


def test_a_client_is_disabled_and_enabled(client: Callable[..., Any]) -> None:
    """The list says which it is."""
    client_id = json.loads(client("create", "partner", *MAY, "--json").output)["client_id"]

    disabled = client("disable", client_id)
    listed = client("list")
    enabled = client("enable", client_id)

    assert (disabled.exit_code, enabled.exit_code) == (0, 0)
    assert "disabled" in listed.output
    assert "never used" in listed.output
    assert "live" in client("list").output


def test_a_secret_is_rotated(client: Callable[..., Any]) -> None:
    """It is shown this once."""
    made = json.loads(client("create", "partner", *MAY, "--json").output)

    rotated = client("rotate", made["client_id"], "--at-once", "--json")

    assert json.loads(rotated.output)["client_secret"] != made["client_secret"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "c_unknown"],
        ["update", "c_unknown", "--name", "x"],
        ["rotate", "c_unknown"],
        ["disable", "c_unknown"],
        ["enable", "c_unknown"],
        ["create", "x", *MAY, "--redirect-uri", "https://partner.example.cn/cb"],
        ["create", "x", "--grant", "authorization_code", "--scope", "openid", "--redirect-uri", "http://evil.example/"],
        ["create", "x", "--grant", "authorization_code", "--scope", "openid"],
        ["create", "x", *MAY, "--access-token-lifetime", "5"],
        ["create", "x", *MAY, "--auth-method", "private_key_jwt"],
        ["create", "x", *MAY, "--auth-method", "none"],
        ["create", "x", *MAY, "--backchannel-logout-uri", "http://10.0.0.1/"],
        ["create", " ", *MAY],
    ],
)
def test_what_is_wrong_is_one_line(client: Callable[..., Any], arguments: list[str]) -> None:
    """It says what, and nothing is registered."""
    answer = client(*arguments)

    assert answer.exit_code == 1
    assert answer.output.count("\n") == 1
    assert answer.output.startswith("tongxin: ")
    assert client("list").output == ""


def test_an_unknown_grant_is_no_change(client: Callable[..., Any]) -> None:
    """As when a client is registered."""
    client_id = json.loads(client("create", "partner", *MAY, "--json").output)["client_id"]

    assert client("update", client_id, "--grant", "implicit").exit_code == 1
    assert client("update", client_id, "--scope", "everything").exit_code == 1
    assert client("update", client_id, "--ticket-form", "paper").exit_code == 1


def test_a_partner_is_invited(client: Callable[..., Any]) -> None:
    """The token is shown this once; the list says what is left of the invitation."""
    made = client("invite", "县融媒体中心", "--scope", "openid", "--uses", "2", "--expires", "600", "--json")
    told = client("invitations")
    listed = client("invitations", "--json")

    invitation = json.loads(made.output)
    (row,) = json.loads(listed.output)
    assert len(invitation["initial_access_token"]) >= 43
    assert (row["label"], row["scopes"], row["uses_left"]) == ("县融媒体中心", ["openid"], 2)
    assert "2 left" in told.output
    assert invitation["initial_access_token"] not in listed.output
    assert client("invite", "x", "--scope", "openid", "--expires", "1").exit_code == 2


def test_what_became_of_logouts_is_shown(client: Callable[..., Any], tmp_path: Path) -> None:
    """Delivered, waiting, given up; of one client or of all."""
    client_id = json.loads(client("create", "partner", *MAY, "--json").output)["client_id"]
    moment, connection = "2026-11-22 08:30:00.000000", sqlite3.connect(tmp_path / "tongxin.db")
    for delivered, given_up, next_at, fault in (
        (moment, None, None, None),
        (None, moment, None, "status_500"),
        (None, None, moment, "unreachable"),
        (None, None, moment, None),
    ):
        connection.execute(
            "INSERT INTO logout_delivery (client_id, subject, sid, created_at, tries, delivered_at, given_up_at, next_at,"
            " fault) VALUES (?, 'p_somebody', 's', ?, 1, ?, ?, ?, ?)",
            (client_id, moment, delivered, given_up, next_at, fault),
        )
    connection.commit()
    connection.close()

    told = client("deliveries").output.splitlines()
    rows = json.loads(client("deliveries", client_id, "--limit", "3", "--json").output)

    assert [line.partition("partner  ")[2].split(",")[0] for line in told] == [
        "waits",
        "waits (unreachable)",
        "given up (status_500)",
        "delivered 08:30:00Z",
    ]
    assert [row["fault"] for row in rows] == [None, "unreachable", "status_500"]
    assert rows[0]["next_at"] == "2026-11-22T08:30:00+00:00"
    assert "p_somebody" not in json.dumps(rows)
    assert client("deliveries", "c_another").output == ""
