"""What the image and the composition promise, read from their files: no container engine is needed."""

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.platforms import PLATFORMS
from gateway.settings import PREFIX, load_settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docker"
COMPOSE: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (FOLDER / "Dockerfile").read_text()
IMAGE = re.compile(r"(?:(?:prom|grafana)/)?[a-z][a-z0-9-]*:v?[0-9][a-z0-9.-]*")
GATEWAYS = ("gateway-1", "gateway-2")
PIN = re.compile(r"^(\S+==\S+)((?:.*\\\n.*)+)", re.MULTILINE)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_hardened(name: str) -> None:
    """Read-only root, no capabilities, no new privileges, a version that stays."""
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")
    assert "network_mode" not in service
    assert IMAGE.fullmatch(service["image"]), "an official name and a version, no registry's host"
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if "build" in service])
def test_our_services_start_by_scripts_that_are_tested(name: str) -> None:
    """The command is a file of this folder that the image carries and may run."""
    (command,) = SERVICES[name]["command"]

    assert os.access(FOLDER / command, os.X_OK)
    assert f"docker/{command}" in DOCKERFILE
    assert (FOLDER / command).read_text().startswith("#!/bin/sh\n")
    assert "\nexec " in (FOLDER / command).read_text()


def test_two_gateways_stand_behind_the_balancer() -> None:
    """The same but for their names, which stay: each writes a chain of the audit by its own."""
    assert set(SERVICES) == {
        *("balancer", "gateway-1", "gateway-2", "sandbox", "postgresql", "redis"),
        *("prometheus", "alertmanager", "grafana"),
    }
    first, second = (dict(SERVICES[name]) for name in GATEWAYS)
    assert (first.pop("hostname"), second.pop("hostname")) == GATEWAYS
    assert first == second
    assert "ports" not in first
    assert all("healthcheck" in service for name, service in SERVICES.items() if name not in GATEWAYS)
    assert "HEALTHCHECK" in DOCKERFILE


def test_the_balancer_is_trusted_and_nobody_else_from_outside() -> None:
    """It shares one network with the gateways, and that is the one whose word for callers' addresses they take."""
    shared = [name for name in SERVICES["balancer"]["networks"] if name in SERVICES["gateway-1"]["networks"]]
    trusted = json.loads(SERVICES["gateway-1"]["environment"]["TONGXIN_EDGE__TRUSTED_PROXIES"])
    (subnet,) = COMPOSE["networks"]["edge"]["ipam"]["config"]

    assert SERVICES["balancer"]["networks"] == shared == ["edge"]
    assert trusted == [subnet["subnet"]]


def test_a_gateway_may_take_longer_to_end_than_it_takes() -> None:
    """Longer than it drains and what is under way goes on (``gateway/cli/serve.py``), and than HAProxy lets go."""
    graceful = re.search(r"timeout_graceful_shutdown=(\d+)", (ROOT / "gateway" / "cli" / "serve.py").read_text())
    drained = re.search(r"TONGXIN_DRAIN:-(\d+)s", (FOLDER / "start-haproxy").read_text())

    assert graceful is not None
    assert drained is not None
    drains = int(SERVICES["gateway-1"]["environment"]["TONGXIN_OPS__DRAIN_S"])
    assert seconds(SERVICES["gateway-1"]["stop_grace_period"]) >= drains + int(graceful[1]) + 10
    assert seconds(SERVICES["balancer"]["stop_grace_period"]) > int(drained[1])


def seconds(text: str) -> int:
    """As compose writes them."""
    return int(text.removesuffix("s"))


def test_what_is_handed_to_the_images_of_others_is_there() -> None:
    """Each file is declared once, used, and all rules of Prometheus are among them."""
    used = {config["source"] for service in SERVICES.values() for config in service.get("configs", ())}
    files = {name: (FOLDER / config["file"]).resolve() for name, config in COMPOSE["configs"].items()}

    assert used == set(files)
    assert all(path.is_file() for path in files.values())
    assert set((FOLDER / "prometheus" / "rules").glob("*.yml")) <= set(files.values())
    for service in SERVICES.values():
        for word in (*service.get("command", ()), *service.get("entrypoint", ())):
            if word.startswith("/etc/"):
                assert word in {config["target"] for config in service["configs"]}


def test_credentials_are_files_and_stand_nowhere_else() -> None:
    """Each is declared, used, made by ``make-secrets``, and no password is a variable."""
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", ())}

    assert used == set(COMPOSE["secrets"])
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
        assert f"keep {name} " in (FOLDER / "make-secrets").read_text()
    variables = {key: value for service in SERVICES.values() for key, value in service.get("environment", {}).items()}
    telling = [key for key in variables if re.search("PASSWORD|SECRET|TOKEN|KEY", key) and not key.endswith("_FILE")]
    assert telling == []
    assert "secrets/" in (FOLDER / ".gitignore").read_text()
    assert "docker/secrets" in (ROOT / ".dockerignore").read_text().splitlines()


def test_volumes_are_named_and_used() -> None:
    """What lasts has a name; nothing of the host is mounted."""
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}

    assert mounted == set(COMPOSE["volumes"])


def test_the_gateways_settings_are_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the composition sets is taken, and every platform is looked for at the sandbox's port."""
    monkeypatch.chdir(tmp_path)
    for key, value in SERVICES["gateway-1"]["environment"].items():
        assert key.startswith(PREFIX)
        monkeypatch.setenv(key, value)

    settings = load_settings(PLATFORMS)

    for platform in PLATFORMS:
        section = settings.platform(platform)
        assert section.base_url == f"http://sandbox:{platform.settings.sandbox_port}"
        assert (
            f"127.0.0.1:{platform.settings.sandbox_port}:{platform.settings.sandbox_port}"
            in SERVICES["sandbox"]["ports"]
        )


def test_the_image_runs_as_nobody_in_particular() -> None:
    """Stages with pinned bases, a user that is not root, everything installed by its hash, no registry's host."""
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)

    assert len(bases) > 1
    assert all(IMAGE.fullmatch(base) for base in bases)
    assert users[-1].split(":")[0] not in {"root", "0"}
    assert DOCKERFILE.rindex("\nUSER ") > DOCKERFILE.rindex("\nRUN ")
    installs = re.findall(r"pip (?:--python \S+ )?install [^\n&]*", DOCKERFILE)
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)
    assert "http://" not in DOCKERFILE
    assert "https://" not in DOCKERFILE
    assert "latest" not in DOCKERFILE


def test_the_image_says_which_version_it_is() -> None:
    """The same in its label, its name and the package."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    ours = {service["image"] for service in SERVICES.values() if "build" in service}

    assert re.findall(r'image\.version="([^"]+)"', DOCKERFILE) == [version]
    assert ours == {f"tongxin-gateway:{version}"}


def test_what_is_copied_into_the_image_is_let_through() -> None:
    """``.dockerignore`` keeps all back but what the Dockerfile asks for."""
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    asked = [
        path for line in re.findall(r"^COPY (?!--from)(.*)", DOCKERFILE, re.MULTILINE) for path in line.split()[:-1]
    ]

    for path in asked:
        assert path.split("/")[0] in let_through, path
        assert (ROOT / path).exists(), path


def test_the_images_lock_is_part_of_the_lock() -> None:
    """What runs there is what is tested here: the same versions and hashes, and all that ``pyproject.toml`` asks for."""
    tested = dict(PIN.findall((ROOT / "requirements.lock").read_text()))
    shipped = dict(PIN.findall((FOLDER / "requirements.lock").read_text()))
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]

    assert shipped.items() <= tested.items()
    names = {pin.split("==")[0] for pin in shipped}
    assert {re.split(r"[^A-Za-z0-9_-]", one)[0] for one in asked} <= names
    assert not {"pytest", "mypy", "ruff"} & names
