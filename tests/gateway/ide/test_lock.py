import json
from pathlib import Path

import gateway.ide

FOLDER = Path(gateway.ide.__file__).parent


def test_the_lock_names_no_registry() -> None:
    """Packages are locked by their digest, so that any registry serves; versions are exact."""
    wanted = json.loads((FOLDER / "package.json").read_text())["dependencies"]
    locked = json.loads((FOLDER / "package-lock.json").read_text())["packages"]

    root = locked.pop("")
    assert root["dependencies"] == wanted
    assert all(locked[f"node_modules/{name}"]["version"] == version for name, version in wanted.items())
    assert all(package["integrity"].startswith("sha512-") for package in locked.values())
    assert not any("resolved" in package for package in locked.values())
