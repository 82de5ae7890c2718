"""The tools front-end teams use, which nobody here wrote, set up as the documentation says."""

import json

import pytest

from tests.verify.front_ends import FrontEnd, front_end

__all__ = ["front_end"]
pytestmark = pytest.mark.verify


def test_generated_types_are_strict(front_end: FrontEnd) -> None:
    """What graphql-codegen makes of schema and operations compiles, and the page built of it alone lists studios."""
    front_end.tool("tsc", "--project", "tsconfig.json")

    listed = front_end.run("node", "built/studios.js").splitlines()

    assert len(listed) == 5
    assert len(list((front_end.folder / "operations").iterdir())) >= 16


def test_generated_manifest_is_trusted(front_end: FrontEnd) -> None:
    """Every operation that graphql-codegen wrote down can be run."""
    manifest = "generated/persisted-documents.json"
    written = json.loads((front_end.folder / manifest).read_text())

    told = front_end.trust(manifest).splitlines()

    assert len(told) == len(written) >= 16


@pytest.mark.parametrize("script", ["apollo.mjs", "urql.mjs"])
def test_normalised_cache(script: str, front_end: FrontEnd) -> None:
    """Ids, fragments, pages, whole operations read back, persisted queries, without a word of complaint."""
    steps = front_end.steps(script)

    assert [step for step in steps if step["status"] != "ok"] == []
    assert len(steps) == 7


def test_relay(front_end: FrontEnd) -> None:
    """The compiler takes the schema; its runtime pages, fetches again by id, and sends ids of trusted documents."""
    documents = "generated/relay-documents.json"
    (front_end.folder / "generated/relay").mkdir(parents=True, exist_ok=True)
    (front_end.folder / documents).write_text("{}")
    front_end.tool("relay-compiler", "relay.config.json")
    front_end.trust(documents)

    steps = front_end.steps("relay.mjs", "--import", "./bundler.mjs")

    assert [step for step in steps if step["status"] != "ok"] == []
    assert len(steps) == 4


def test_supergraph(front_end: FrontEnd) -> None:
    """Apollo's composition takes it beside another subgraph, and its router joins the two by ``_entities``."""
    steps = front_end.steps("federation.mjs")

    assert [step for step in steps if step["status"] != "ok"] == []
    assert len(steps) == 3
