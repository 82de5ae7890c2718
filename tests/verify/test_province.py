"""The operations at the size of a province: 102 organisations, 200,000 questions."""

from pathlib import Path

import httpx
import pytest

from connectors.sandbox.building import build_world
from connectors.sandbox.server import serving
from connectors.sandbox.world import Scale
from gateway.app import create_app
from gateway.platforms import PLATFORMS
from gateway.settings import load_settings
from schema.identifiers import global_id
from tests.stack import Gateway, Sandbox, desk_at, operation, settings_in_front_of, span


@pytest.mark.verify
async def test_operations_keep_their_budgets_at_province_scale(tmp_path: Path) -> None:
    """Every operation served by now answers whole; one call more for each started hundred keys of a batch."""
    world = build_world(scale=Scale.PROVINCE)
    given = load_settings(PLATFORMS, sandbox=True)
    apps = {platform.name: platform.sandbox(given.platform(platform), world) for platform in PLATFORMS}
    async with serving([(app, 0) for app in apps.values()]) as ports:
        addresses = {name: f"http://127.0.0.1:{port}" for name, port in zip(apps, ports, strict=True)}
        sandbox = Sandbox(world, apps, addresses)
        settings = settings_in_front_of(sandbox, tmp_path)
        app = create_app(settings)
        parts = app.state.parts
        async with parts.opened():
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
                gateway = Gateway(settings, parts, client)
                studio = {"id": global_id("Studio", world.studios[7].key)} | span(world)
                desk = await desk_at(sandbox, gateway)
                convener = next(s.members[0] for s in world.studios if s.members[0].person.work)
                scope = "openid graph:read duty:read directory:read"
                token = await desk.token(convener.person.id, "zhezhengding", scope)
                root = {"rootId": global_id("Organization", "GO_rg330000")}
                cases = [
                    ("01", {"first": 50}, None, 4),
                    ("02", studio, None, 16),
                    ("03", {"year": world.today.year}, token, 14),
                    ("16", root, token, 9),
                    ("19", {"text": "医保 报销", "first": 20}, None, 1),
                    ("23", {"regionCode": "331002"} | span(world, 7), None, 3),
                ]
                for number, variables, who, budget in cases:
                    sandbox.reset()

                    body = await gateway.query(operation(number), variables, who)

                    codes = {error["extensions"]["code"] for error in body.get("errors", ())}
                    assert codes <= {"FORBIDDEN"}, number  # own marks, without a token
                    assert sum(sandbox.calls().values()) <= budget, (number, sandbox.calls())
