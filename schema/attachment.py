"""Files beside a text."""

import strawberry

from connectors.records.attachment import AttachmentKind
from schema.fields import CHINESE, described, value
from schema.files import attachment_id, attachment_link

strawberry.enum(AttachmentKind, description="What a file is to the reader.")
setattr(AttachmentKind, CHINESE, "附件的类型")


@described(zh="附件", en="A file beside a text.")
class Attachment:
    """Read from ``connectors.records.attachment.Attachment``."""

    id: strawberry.ID = value("named_by", then=attachment_id, zh="全局标识，不透明", en="Global id, opaque (Relay).")
    kind: AttachmentKind | None = value("kind", zh="类型", en="What it is to the reader.")
    name: str | None = value("name", zh="文件名", en="What it is called.")
    url: str | None = value(
        "opened_by",
        then=attachment_link,
        zh="地址；未公开内容的地址只供本人使用，五分钟内有效",
        en="Where it is; beside what is not published it opens for the person who asked, for five minutes.",
    )
