"""What the application may read and who may use it (wire-formats A5)."""

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.directory.book import ROOT, Book
from connectors.zhezhengding.sandbox.envelopes import direct, succeeded
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.parameters import Parameters

_EMPLOYEE = "GE_"


class Scopes:
    """Answers from the setting ``sandbox.range``."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._people = [code for code in book.range if code.startswith(_EMPLOYEE)]
        self._units = [code for code in book.range if not code.startswith(_EMPLOYEE)] if book.range else [ROOT]

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.post("/auth/scopesV2", self.scopes),
            gate.post("/openplatform/appcenter/getAppUsedRange", self.used_range),
        ]

    def scopes(self, parameters: Parameters) -> Response:
        """``scopesV2``, in E2: people, and organisations with all that lies below them."""
        self._book.own_tenant(parameters)
        return direct({"userVisibleScopes": self._people, "deptVisibleScopes": self._units})

    def used_range(self, parameters: Parameters) -> Response:
        """``getAppUsedRange``: the same, a page of organisations at a time (``currentPage``)."""
        self._book.own_tenant(parameters)
        page = self._book.page(parameters.renamed("currentPage", "pageNo"))
        content = {"organizationCodes": list(page.rows(self._units)), "employeeCodes": list(page.rows(self._people))}
        return succeeded(content, **page.facts(self._units))
