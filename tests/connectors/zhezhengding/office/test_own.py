"""Who may read whose."""

import pytest

from connectors.errors import NotAllowedError
from connectors.viewer import ANYONE, Role, Viewer
from connectors.zhezhengding.office.own import actor_of, looks_after, may_read


@pytest.mark.parametrize("role", list(Role))
def test_staff_and_ops_look_after_others(role: Role) -> None:
    """No other role does."""
    viewer = Viewer(roles=frozenset({role}), employee_code="GE_1")

    assert looks_after(viewer) is (role in {Role.STAFF, Role.OPS})
    assert may_read(viewer, "GE_1")
    assert may_read(viewer, "GE_2") is looks_after(viewer)


@pytest.mark.parametrize("viewer", [ANYONE, Viewer(roles=frozenset({Role.OFFICIAL}))])
def test_without_an_employee_code_nothing_is_one_s_own(viewer: Viewer) -> None:
    """Not even the things of somebody whose code is empty or reads like none."""
    assert not any(may_read(viewer, key) for key in ("", "None", "GE_1"))
    with pytest.raises(NotAllowedError):
        actor_of(viewer, "zhezhengding", "read")


def test_who_acts_is_named() -> None:
    """Somebody with an employee code acts in their own name."""
    assert actor_of(Viewer(employee_code="GE_1"), "zhezhengding", "read") == "GE_1"
