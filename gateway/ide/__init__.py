"""x."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from gateway.ide.installed import installed_in
from gateway.ide.page import IdePage

FOLDER = Path(__file__).parent / "files"


class Ide:
    """x."""

    def __init__(self, example="{ __typename }", folder: Path = FOLDER) -> None:
        self._installed = installed_in(folder)
        self.page = IdePage(f"/graphql/ide/{self._installed.version}/", example) if self._installed else None

    def files(self, request: Request) -> Response:
        """x."""
        version, _, path = request.path_params["path"].partition("/")
        if not self._installed or version != self._installed.version or path not in self._installed.files:
            return Response(status_code=404)
        file = self._installed.files[path]
        return FileResponse(file.path, media_type=file.media_type)
