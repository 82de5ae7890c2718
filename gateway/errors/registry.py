"""Every code a caller can meet, what it means and what to do: the one place where errors have words.

``docs/errors.md`` is this table printed (``page.py``). A code, once published, keeps its meaning.
"""

from collections.abc import Mapping
from types import MappingProxyType

from gateway.errors.credentials import CREDENTIALS
from gateway.errors.entry import Entry
from gateway.errors.fields import CALLERS, PLATFORMS
from gateway.errors.inputs import INPUTS
from gateway.errors.live import LIVE
from gateway.errors.named_documents import NAMED
from gateway.errors.operators import OPERATORS
from gateway.errors.requests import DOCUMENTS, OURS, TRANSPORT
from gateway.errors.uploads import UPLOADS
from gateway.errors.write_rules import WRITE_RULES
from gateway.errors.writes import WRITES

SECTIONS: Mapping[tuple[str, str], tuple[Entry, ...]] = MappingProxyType(
    {
        ("Platforms", "平台"): PLATFORMS,
        ("What the caller may and asks for", "权限与输入"): CALLERS,
        ("What is written", "写入"): (*WRITES, *INPUTS),
        ("Rules of single writes", "各项写入的规则"): WRITE_RULES,
        ("Files that are sent", "上传文件"): UPLOADS,
        ("What is told live", "实时推送"): LIVE,
        ("The GraphQL document", "查询语句"): DOCUMENTS,
        ("Documents that are asked for by name", "按名称调用的查询"): NAMED,
        ("The HTTP request", "HTTP 请求"): TRANSPORT,
        ("Who asks", "身份凭据"): CREDENTIALS,
        ("The gateway", "网关"): OURS,
        ("Who is on call (`/ops`)", "值班运维（`/ops`）"): OPERATORS,
    }
)

REGISTRY: Mapping[str, Entry] = MappingProxyType(
    {entry.code: entry for entries in SECTIONS.values() for entry in entries}
)
