"""Another system is other settings: the same code in front of platforms with other ports, paths and keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from connectors.sandbox.building import build_world
from connectors.sandbox.prefix import BelowPath
from connectors.sandbox.server import serving
from connectors.sandbox.world import World
from gateway.app import create_app
from gateway.platforms import PLATFORMS
from gateway.settings import Settings, load_settings
from schema.identifiers import global_id
from tests.stack import Gateway, operation, span

OTHERWISE: dict[str, dict[str, Any]] = {
    "zlb": {
        "access_key": "ANOTHER_AK",
        "secret_key": "another-secret-key",
        "app_id": "2000000777",
        "irs": {"path": "/gw/v2", "components": {"studio": "IC99000000000000000009"}},
    },
    "zzd": {
        "appkey": "another_app-99",
        "appsecret": "another-app-secret",
        "tenant_id": 424242,
        "sign": {"key_order": "codepoint", "timestamp_format": "seconds", "algorithm": "md5"},
        "gettoken": {"method": "POST", "send_params": False},
    },
    "duty": {"client_id": "another-client", "client_secret": "another-client-secret"},
    "command": {"access_key": "ANOTHER_AK", "secret_key": "another-sk", "path": "/gw/v3", "component": "IC99"},
}
PREFIX = {"zlb": "", "zzd": "/proxy/zzd", "duty": "/lz/interface", "command": "/zh/interface"}


def settings_with(sections: dict[str, dict[str, Any]], folder: Path) -> Settings:
    """Settings in which only the platforms' sections differ."""
    auth = {
        "secret": SecretStr("invented-secret-of-the-tests-0123456789"),
        "database_url": f"sqlite+aiosqlite:///{folder}/tongxin.db",
    }
    edge = {"request_timeout_ms": 20_000}
    return load_settings(PLATFORMS, sandbox=True, auth=auth, edge=edge, ops={"probe_interval_s": 0}, **sections)


@asynccontextmanager
async def elsewhere(world: World, folder: Path) -> AsyncIterator[Gateway]:
    """Sandboxes at other addresses, and a gateway that was only told so."""
    told = settings_with(OTHERWISE, folder)
    apps = [
        (BelowPath(platform.sandbox(told.platform(platform), world), PREFIX[platform.prefix]), 0)
        for platform in PLATFORMS
    ]
    async with serving(apps) as ports:
        sections = {
            platform.prefix: OTHERWISE[platform.prefix]
            | {"base_url": f"http://127.0.0.1:{port}{PREFIX[platform.prefix]}", "timeout_ms": 20_000}
            for platform, port in zip(PLATFORMS, ports, strict=True)
        }
        settings = settings_with(sections, folder)
        app = create_app(settings)
        way = httpx.ASGITransport(app)
        async with app.state.parts.opened(), httpx.AsyncClient(transport=way, base_url="http://g") as client:
            yield Gateway(settings, app.state.parts, client)


@pytest.fixture(scope="module")
def world() -> World:
    """A world of its own."""
    return build_world(seed=7)


async def test_a_studio_page_from_other_addresses(world: World, tmp_path: Path) -> None:
    """Ports, paths in front, component codes, keys, secrets and ways of signing are settings, and nothing else is."""
    async with elsewhere(world, tmp_path) as gateway:
        variables = {"id": global_id("Studio", world.studios[0].key), **span(world)}

        body = await gateway.query(operation("02"), variables)

    studio = body["data"]["studio"]
    refused = {error["extensions"]["code"] for error in body.get("errors", ())}
    assert refused <= {"FORBIDDEN"}  # what needs a token
    assert studio["name"] == world.studios[0].name
    assert studio["statistics"]["followers"] is not None
    assert studio["members"]["edges"][0]["node"]["name"] == world.studios[0].members[0].person.name
    titles = [edge["node"]["official"] for edge in studio["members"]["edges"]]
    assert any(official and official["title"] for official in titles)
