"""The Python scripts of docker/, which are in no package, as modules."""

import importlib.util
from types import ModuleType

from tests.docker.programs import FOLDER


def script(path: str) -> ModuleType:
    """Load one, by its path below docker/."""
    file = FOLDER / path
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
