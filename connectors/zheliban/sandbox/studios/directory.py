"""What is read of studios and members besides questions."""

from typing import Any

from connectors.records.studio import StudioCategory, StudioOrder
from connectors.regions import lies_in
from connectors.zheliban.sandbox.parameters import Parameters
from connectors.zheliban.sandbox.studios.rows import member_statistics_row, statistics_row, studio_row
from connectors.zheliban.sandbox.studios.store import StudioStore


class Directory:
    """One method per operation: parameters in, the envelope's data out."""

    def __init__(self, store: StudioStore) -> None:
        self._store = store

    def studios(self, sent: Parameters) -> Any:
        """``GET /studios``."""
        category = sent.choice("category", StudioCategory)
        region = sent.region("regionCode")
        name = sent.required_choice("orderBy", StudioOrder)
        order, counts = self._store.orders[name], self._store.counts
        wanted = sent.page(order)
        found = [
            studio
            for studio in self._store.sorted_studios(name)
            if category in (None, studio.category) and (region is None or lies_in(studio.committee.region_code, region))
        ]
        return order.page(found, wanted, lambda s: studio_row(s) | {"statistics": statistics_row(counts(s.key))})

    def studio_statistics(self, sent: Parameters) -> Any:
        """``GET /studios/statistics``."""
        known = (key for key in sent.keys("ids") if key in self._store.studios)
        return {"items": [{"studioId": key} | statistics_row(self._store.counts(key)) for key in known]}

    def member_statistics(self, sent: Parameters) -> Any:
        """``GET /members/statistics``."""
        known = (key for key in sent.keys("ids") if key in self._store.members)
        return {"items": [member_statistics_row(key, self._store.member_counts(key)) for key in known]}

    def marks(self, sent: Parameters) -> Any:
        """``GET /viewer/marks``."""
        account = sent.required_account("userId")
        return {"items": [self.marks_row(account, key) for key in sent.keys("ids") if key in self._store.studios]}

    def marks_row(self, account: str, studio: str) -> dict[str, Any]:
        """A ``StudioMarks``."""
        marks = self._store.marks
        follows, likes = (studio in each.get(account, ()) for each in (marks.follows, marks.likes))
        return {"studioId": studio, "follows": follows, "likes": likes}
