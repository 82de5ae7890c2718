"""The operations of the handheld office, by the ids of ``contract/office.yaml``."""

from connectors.sandbox.app import Operation
from connectors.zhezhengding.sandbox.gate import Gate
from connectors.zhezhengding.sandbox.notifications.media import File
from connectors.zhezhengding.sandbox.office.circles import Circles
from connectors.zhezhengding.sandbox.office.desk import Desk
from connectors.zhezhengding.sandbox.office.notices import Notices
from connectors.zhezhengding.sandbox.office.seeds import Seeds
from connectors.zhezhengding.sandbox.office.shelves import Shelf
from connectors.zhezhengding.sandbox.office.tellers import told_of
from connectors.zhezhengding.sandbox.office.writes import Writes
from connectors.zhezhengding.settings import ZhezhengdingSettings

ROOT = "/tongxin/office"
_FILE = "$document"


class Office:
    """Notices, schedule, progress and documents; lives as long as the sandbox."""

    def __init__(self, settings: ZhezhengdingSettings, circles: Circles) -> None:
        self._tenant = str(settings.tenant_id)
        seeds = Seeds(circles)
        self._writes = Writes()
        self._documents = Shelf(circles, seeds.documents)
        self._notices = Notices(self._tenant, circles, Shelf(circles, seeds.notices), self._writes)
        shelves = (Shelf(circles, seeds.schedule), Shelf(circles, seeds.progress), self._documents)
        self._desk = Desk(self._tenant, circles, *shelves)

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        notices, desk = self._notices, self._desk
        works = {
            "notices/list": notices.page,
            "notices/get": notices.by_id,
            "notices/publish": notices.publish,
            "notices/read": notices.mark_read,
            "schedule/list": desk.schedule_list,
            "schedule/get": desk.schedule_get,
            "progress/list": desk.progress_list,
            "progress/get": desk.progress_get,
            "documents/list": desk.documents_list,
            "documents/get": desk.documents_get,
            "writes/get": lambda call: told_of(call, self._tenant, self._writes),
        }
        return [gate.post(f"{ROOT}/{path}", work, f"office.{path.replace('/', '.')}") for path, work in works.items()]

    def file(self, media_id: str) -> File | None:
        """The file of a document, by its media id; None for none."""
        entry = self._documents.find(media_id.removeprefix(_FILE)) if media_id.startswith(_FILE) else None
        if entry is None or (entry.row["file"] or {}).get("mediaId") != media_id:
            return None
        row = entry.row
        text = f"{row['number']}\n\n{row['title']}\n\n{row['organizationName']}\n{row['issuedAt'][:10]}\n"
        return File("text/plain; charset=utf-8", text.encode())
