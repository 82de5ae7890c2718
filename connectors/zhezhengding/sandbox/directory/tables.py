"""Code tables and tags (wire-formats A5): served so that a client may be tried, not used by the gateway."""

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.directory.book import UNKNOWN, Book
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.parameters import Parameters

_TABLES = {
    "empGender": {"1": "男", "2": "女", "9": "未说明"},
    "status": {"A": "在职", "F": "离职"},
    "typeCode": {"GOV_UNIT": "单位", "GOV_INTERNAL_INSTITUTION": "内设机构", "GOV_HOLLOW_NODE": "虚节点"},
    "empJobLevelCode": {"ZHI_JI_QI_TA": "其他"},
    "empBudgetedPostCode": {"BIAN_ZHI_QI_TA": "其他"},
    "empPosEmployeeRoleCode": {"REN_YUAN_JU_SE_PU_TONG_YONG_HU": "普通用户"},
    "posJobRankCode": {"CENG_CI_QI_TA": "其他"},
}
_TAGS = {"TAG_MEMBER": "member", "TAG_STAFF": "staff"}


class Tables:
    """Answers the same to everybody."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._codes = self._tagged()

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.post("/mozi/enumdictionary/queryByPropertyCode", self.table),
            gate.post("/mozi/employee/pageEmployeesByTagCode", self.tagged),
        ]

    def table(self, parameters: Parameters) -> Response:
        """``queryByPropertyCode``: codes and names; none for a property without a table."""
        self._book.own_tenant(parameters)
        table = _TABLES.get(parameters.required("propertyCode"), {})
        return succeeded(
            [{"code": code, "name": name, "displayOrder": at} for at, (code, name) in enumerate(table.items())]
        )

    def tagged(self, parameters: Parameters) -> Response:
        """``pageEmployeesByTagCode``: TAG_MEMBER marks members, TAG_STAFF the committees' offices."""
        self._book.own_tenant(parameters)
        tag = parameters.required("tagCode")
        if tag not in _TAGS:
            raise FailedError(UNKNOWN, "no such tag")
        page, codes = self._book.page(parameters), self._codes[tag]
        return succeeded([self._book.people.employees[code].row() for code in page.rows(codes)], **page.facts(codes))

    def _tagged(self) -> dict[str, list[str]]:
        workers = [(person.roles, person.work.employee_code) for person in self._book.world.persons if person.work]
        seen = [(roles, code) for roles, code in workers if self._book.sees_person(code)]
        return {tag: [code for roles, code in seen if role in roles] for tag, role in _TAGS.items()}
