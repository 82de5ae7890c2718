"""The sandbox's opinion reports, found by key, by question, and by what lists ask for."""

from collections import Counter
from collections.abc import Callable, Sequence

from connectors.duty.opinions.payloads import Grounds
from connectors.duty.sandbox.audience import Viewing
from connectors.duty.sandbox.opinions.kept import KeptReport
from connectors.duty.sandbox.opinions.seeding import reports_of
from connectors.duty.sandbox.opinions.wanted import ORDERS, Wanted, wrote
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.shelf import ALL, Shelf
from connectors.sandbox.world import World


class Ledger:
    """Lives as long as the sandbox."""

    def __init__(self, world: World, rolls: Rolls) -> None:
        self.rolls = rolls
        self.shelf = Shelf(world, lambda c: reports_of(world, rolls, c), _committee_in, ORDERS).filled()
        self._by_question: dict[str, list[KeptReport]] | None = None
        self._new = Counter[str]()

    def grounds(self, report: KeptReport, viewer: Viewing) -> Grounds | None:
        """On which grounds somebody may see a report; None: not at all."""
        if viewer.member is not None and wrote(report, viewer.member):
            return Grounds.AUTHOR
        if not report.handed_in:
            return None
        if viewer.staff:
            return Grounds.STAFF
        member = self.rolls.members.get(viewer.member or "")
        if member is not None and member.committee is report.committee:
            return Grounds.COMMITTEE
        return Grounds.PARTNER if viewer.partner else None

    def get(self, key: str, viewer: Viewing) -> KeptReport | None:
        """One report, where the viewer may see it."""
        report = self.shelf.get(key)
        return report if report is not None and self.grounds(report, viewer) else None

    def chosen(self, want: Wanted, viewer: Viewing) -> Sequence[KeptReport]:
        """Those asked for that the viewer may see, in order."""
        return self._visible(self.shelf.sorted(want.order, want.organization or ALL), want.tests(), viewer)

    def of_member(self, key: str, want: Wanted, viewer: Viewing) -> Sequence[KeptReport] | None:
        """A member's; None for nobody. Members write reports of their own committee only."""
        member = self.rolls.members.get(key)
        if member is None:
            return None
        if want.organization not in {None, member.committee.code}:
            return []
        rows = self.shelf.sorted(want.order, member.committee.code)
        return self._visible(rows, [lambda r: wrote(r, key), *want.tests()], viewer)

    def of_question(self, key: str, viewer: Viewing) -> Sequence[KeptReport]:
        """Those raised from a question, newest first; a question nobody raised one from has none."""
        found = self._questions().get(key, [])
        return sorted(self._visible(found, [], viewer), key=ORDERS["SUBMITTED_AT_DESC"].place)

    def put(self, report: KeptReport) -> None:
        """Add a new report."""
        self._questions()
        self.shelf.put(report)
        self.sourced(report, [])

    def sourced(self, report: KeptReport, before: Sequence[str]) -> None:
        """Tell that a report's questions are others than these ones now."""
        index = self._questions()
        for key in before:
            index[key] = [each for each in index.get(key, []) if each is not report]
        for source in report.sources:
            index.setdefault(source.id, []).append(report)

    def new_id(self, region_code: str) -> str:
        """The key of a report that is written now."""
        self._new[region_code] += 1
        return f"O{region_code}N{self._new[region_code]:04d}"

    def _visible(
        self, rows: Sequence[KeptReport], tests: Sequence[Callable[[KeptReport], bool]], viewer: Viewing
    ) -> Sequence[KeptReport]:
        return [r for r in rows if all(test(r) for test in tests) and self.grounds(r, viewer)]

    def _questions(self) -> dict[str, list[KeptReport]]:
        if self._by_question is None:
            self._by_question = {}
            for report in self.shelf.of(ALL):
                for source in report.sources:
                    self._by_question.setdefault(source.id, []).append(report)
        return self._by_question


def _committee_in(key: str) -> str:
    """The committee whose report a key names: it holds the division's code."""
    return f"GO_zx{key[1:7]}"
