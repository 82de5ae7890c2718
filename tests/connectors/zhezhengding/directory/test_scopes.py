"""What the application may read, as the platform tells it."""

from typing import TYPE_CHECKING

import pytest

from connectors.errors import NotAllowedError, UnreachableError
from connectors.records.authorised_range import AuthorisedRange
from connectors.records.page import PageArgs
from connectors.sandbox.faults import Fault, FaultKind
from connectors.zhezhengding.directory.listing import ZhezhengdingDirectory
from connectors.zhezhengding.directory.scopes import ZhezhengdingScopes

if TYPE_CHECKING:
    from tests.connectors.zhezhengding.conftest import Bench


async def test_the_whole_tenant_unless_told_otherwise(bench: "Bench") -> None:
    """A5, E2: ``scopesV2`` names the root."""
    told = await ZhezhengdingScopes(bench.settings, bench.calls()).authorised_range(bench.ask())

    assert told == AuthorisedRange(unit_keys=("GO_root",), employee_codes=())


async def test_outside_the_range_is_not_allowed(bench: "Bench") -> None:
    """A3: 300037 for an organisation outside of what the application was authorised to read."""
    bench.set_up(sandbox={"range": ("GO_rg331002", "GE_somebody")})
    source = ZhezhengdingDirectory(bench.settings, bench.calls(), bench.reader())

    told = await ZhezhengdingScopes(bench.settings, bench.calls()).authorised_range(bench.ask())
    inside, outside = await source.list_unit_officials(
        ["GO_zx331002bg", "GO_zx331003bg"], PageArgs(first=1), bench.ask()
    )

    assert told == AuthorisedRange(unit_keys=("GO_rg331002",), employee_codes=("GE_somebody",))
    assert not isinstance(inside, NotAllowedError)
    assert isinstance(outside, NotAllowedError)
    assert outside.upstream_code == "300037"


async def test_a_range_that_cannot_be_had_raises(bench: "Bench") -> None:
    """It is about one thing only."""
    bench.sandbox.faults.put(Fault(FaultKind.REFUSE))

    with pytest.raises(UnreachableError):
        await ZhezhengdingScopes(bench.settings, bench.calls()).authorised_range(bench.ask())
