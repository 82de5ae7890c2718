"""What is measured: operations front-end teams run, as written, each by whom its header names."""

import base64
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from connectors.sandbox.building import build_world
from schema.identifiers import global_id

OPERATIONS = Path(__file__).parents[1] / "tests/operations"
TODAY = datetime.now(UTC).replace(microsecond=0)
_SPAN = {"from": (TODAY - timedelta(days=7)).isoformat(), "to": (TODAY + timedelta(days=7)).isoformat()}
_WHO_IT_IS = (
    "{ viewer { id displayName roles identities { platform subject linkedAt } member { id } official { id } } }"
)


@dataclass(frozen=True)
class Case:
    """One operation as it is sent.

    ``who`` and ``scope`` are whose token it carries: none where anyone asks. ``person`` is one of the sandbox's, else
    it is the first of them that fits.
    """

    name: str
    body: dict[str, Any]
    who: str | None = None
    scope: str = ""
    person: str | None = None


@dataclass(frozen=True)
class Signed:
    """A case with its headers, and who that is as the naive stack is told."""

    case: Case
    headers: dict[str, str]
    token: str | None = None
    person: dict[str, Any] | None = None


def cases() -> list[Case]:
    """Operations 01, 02, 03 and 16; 03 by a member of studios, whom the work app knows too."""
    world = build_world(today=TODAY)
    studio = global_id("Studio", world.studios[1].key)
    member = next(each.person.id for studio in world.studios for each in studio.members if each.person.work)
    root = global_id("Organization", "GO_dir331000")
    return [
        _case("01", {"first": 20}),
        _case("02", {"id": studio} | _SPAN, who="citizen", scope="openid graph:read"),
        _case("03", {"year": TODAY.year}, who="member", scope="openid graph:read duty:read", person=member),
        _case("16", {"rootId": root}, who="official", scope="openid graph:read directory:read"),
    ]


def _case(number: str, variables: dict[str, Any], **asker: str) -> Case:
    [path] = OPERATIONS.glob(f"{number}-*.graphql")
    return Case(path.stem, {"query": path.read_text(), "variables": variables}, **asker)


def signed_in(case: Case, environment: Mapping[str, str], url: str) -> Signed:
    """Sign the case's person in at the gateway, by the real sign-in, and ask who that is."""
    token = token_of(case, environment)
    if token is None:
        return Signed(case, {})
    headers = {"Authorization": f"Bearer {token}"}
    answer = httpx.post(url, json={"query": _WHO_IT_IS}, headers=headers, timeout=30, trust_env=False).json()
    return Signed(case, headers, token, _told_of(answer["data"]["viewer"]))


def token_of(case: Case, environment: Mapping[str, str]) -> str | None:
    """An access token of the case's person; None where anyone asks."""
    if case.who is None:
        return None
    command = [sys.executable, "-m", "gateway.cli", "token", "--as", case.who, "--scope", case.scope]
    command += ["--person", case.person] if case.person else []
    done = subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _told_of(viewer: dict[str, Any]) -> dict[str, Any]:
    subjects = {each["platform"]: each["subject"] for each in viewer["identities"]}
    work = subjects.get("zhezhengding")
    return {
        "viewer": {name: viewer[name] for name in ("id", "displayName", "roles", "identities")},
        "member": _key_of(viewer["member"]),
        "employee": _key_of(viewer["official"]),
        "account": subjects.get("zheliban"),
        "work_account": int(work.rpartition(":")[2]) if work else None,
    }


def _key_of(thing: dict[str, str] | None) -> str | None:
    """The platform's own key, which an id holds behind its type."""
    if thing is None:
        return None
    return base64.urlsafe_b64decode(thing["id"] + "==").decode().partition(":")[2]
