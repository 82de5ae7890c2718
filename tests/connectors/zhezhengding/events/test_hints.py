"""From an event to what should be read again (wire-formats A9)."""

import json
from typing import Any

import pytest

from connectors.records.event import Hint, HintKind
from connectors.zhezhengding.events.hints import MOST_HINTS, hints_from
from connectors.zhezhengding.events.tags import TAGS

PREFIX = "MOZI_VDS_TENANT_CHANGE|"


def event(tag: str, content: Any) -> dict[str, str]:
    """A form as it is posted."""
    return {"eventTag": PREFIX + tag, "content": content if isinstance(content, str) else json.dumps(content)}


def employee(key: str) -> Hint:
    """Read that person again."""
    return Hint(kind=HintKind.EMPLOYEE, key=key)


def organization(key: str) -> Hint:
    """Read that organisation again."""
    return Hint(kind=HintKind.ORGANIZATION, key=key)


def test_the_seven_tags_of_the_documentation() -> None:
    """A9: all prefixed alike."""
    assert {tag.removeprefix(PREFIX) for tag in TAGS} == {
        "ORGANIZATION_ADD_UPDATE",
        "ORGANIZATION_PARENT_CHANGED",
        "ORGANIZATION_REMOVE",
        "EMPLOYEE_ADD_UPDATE",
        "EMPLOYEE_LEAVE",
        "ORGANIZATION_ATTACH_EMPLOYEE",
        "ORGANIZATION_DETACH_EMPLOYEE",
    }


@pytest.mark.parametrize(
    ("form", "hints"),
    [
        (event("EMPLOYEE_ADD_UPDATE", {"employeeCodes": ["GE_demo0001"]}), [employee("GE_demo0001")]),
        (event("EMPLOYEE_LEAVE", {"employeeCodes": ["GE_1", "GE_2", "GE_1"]}), [employee("GE_1"), employee("GE_2")]),
        (event("ORGANIZATION_REMOVE", {"organizationCodes": ["GO_demo0001"]}), [organization("GO_demo0001")]),
        (
            event("ORGANIZATION_ATTACH_EMPLOYEE", {"infos": [{"employeeCode": "GE_1", "organizationCode": "GO_2"}]}),
            [employee("GE_1"), organization("GO_2")],
        ),
    ],
    ids=["employees", "doubles", "organisations", "infos"],
)
def test_each_form_of_content_names_what_changed(form: dict[str, str], hints: list[Hint]) -> None:
    """A9: the three forms of ``content``."""
    assert list(hints_from(form)) == hints


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"eventTag": PREFIX + "EMPLOYEE_ADD_UPDATE"},
        event("EMPLOYEE_ADD_UPDATE", ""),
        event("UNKNOWN", {"employeeCodes": ["GE_1"]}),
        {"eventTag": "EMPLOYEE_ADD_UPDATE", "content": '{"employeeCodes":["GE_1"]}'},
        event("EMPLOYEE_ADD_UPDATE", "GE_1"),
        event("EMPLOYEE_ADD_UPDATE", "[" * 60_000),
        event("EMPLOYEE_ADD_UPDATE", '{"employeeCodes":["GE_1"]}' + " " * 70_000),
        event("EMPLOYEE_ADD_UPDATE", '{"employeeCodes":["GE_\\ud800"]}'),
        event("EMPLOYEE_ADD_UPDATE", '{"employeeCodes":["GE_\udc80"]}'),
        event("EMPLOYEE_ADD_UPDATE", ["GE_1"]),
        event("EMPLOYEE_ADD_UPDATE", {"employeeCodes": "GE_1"}),
        event(
            "EMPLOYEE_ADD_UPDATE", {"employeeCodes": [1, None, {"a": 1}, "", "GO_1", "GE_", "GE_a b", "GE_" + "x" * 99]}
        ),
        event("EMPLOYEE_ADD_UPDATE", {"employeeCodes": ["GE_1\n", "../GE_1", "GE_1,GE_2", "ＧＥ_1"]}),
        event("EMPLOYEE_ADD_UPDATE", {"organizationCodes": ["GO_1"]}),
        event("EMPLOYEE_ADD_UPDATE", {"employeeCodes": [f"GE_{n}" for n in range(MOST_HINTS + 1)]}),
        event("ORGANIZATION_ATTACH_EMPLOYEE", {"infos": ["GE_1", [], {"employeeCode": 1}]}),
    ],
    ids=range(17),
)
def test_the_probe_and_what_is_hostile_give_nothing(form: dict[str, str]) -> None:
    """The registration probe, unknown tags, what is no JSON or too much of it, codes that are none."""
    assert hints_from(form) == ()
