"""What every test may ask for."""

import gc
from collections.abc import Callable, Iterator

import pytest

from tests import servers
from tests.stack import desk, gateway, new_file, open_gateway, running_sandbox, sandbox

__all__ = ["desk", "gateway", "new_file", "open_gateway", "running_sandbox", "sandbox"]


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end.

    Thousands of collected tests and the sandboxes' worlds are looked through again and again otherwise: a fifth of the
    run. What tests leave behind is still collected, only less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def require() -> Callable[[object, str], None]:
    """Skip where something is missing, or fail where everything must be there (``servers.require``)."""
    return servers.require


@pytest.fixture(scope="session")
def postgresql() -> Iterator[servers.PostgreSQL]:
    """A PostgreSQL cluster for the whole run, started when first asked for."""
    with servers.postgresql() as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('database')}/var/tongxin.db"
        return
    cluster: servers.PostgreSQL = request.getfixturevalue("postgresql")
    with cluster.lent_database() as url:
        yield url
