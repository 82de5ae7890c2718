"""The files beside the matters of all subjects, handed out to whoever may see what they stand beside."""

from collections.abc import Callable, Sequence

from starlette.responses import Response

from connectors.duty.sandbox.audience import VIEWER, Viewing, viewing
from connectors.duty.sandbox.forum.covers import cover
from connectors.duty.sandbox.ground import Ground
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import Asked, Row
from connectors.sandbox.contracted.problems import not_found, rejected

Files = Callable[[str, Viewing], Sequence[Row]]
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
"""One empty page; readers find its objects without a table."""


class Cabinet:
    """Each subject says once how its files are found: those beside the matter of a key, as a viewer may see it."""

    def __init__(self) -> None:
        self._subjects: list[Files] = []

    def holds(self, files: Files) -> None:
        """Take in a subject's."""
        self._subjects.append(files)

    def operations(self, ground: Ground) -> Sequence[Operation]:
        """The one operation."""
        return [ground.read("attachments", "/attachments", self._opened, ("id", *VIEWER))]

    def _opened(self, asked: Asked) -> Response:
        """``GET /attachments``: a key begins with that of its matter."""
        key, viewer = asked.key("id"), viewing(asked)
        if key is None:
            raise rejected("MISSING_PARAMETER", "id is required")
        matter = key.partition("-")[0]
        beside = (row for files in self._subjects for row in files(matter, viewer))
        row = next((each for each in beside if each["id"] == key), None)
        if row is None:
            raise not_found("no such file")
        if row["kind"] == "IMAGE":
            return Response(cover(key), media_type="image/png")
        return Response(_PDF, media_type="application/pdf")
