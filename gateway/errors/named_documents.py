"""Words for requests that name their document instead of sending it."""

from gateway.errors.entry import Entry

NAMED = (
    Entry(
        "DOCUMENT_NOT_FOUND",
        "There is no trusted document of this documentId. Import the manifest it stands in (tongxin documents import), "
        "or send the text.",
        "没有此 documentId 对应的可信文档。请先用 tongxin documents import 导入其清单，或直接发送查询文本。",
        status=400,
    ),
    Entry(
        "DOCUMENT_NOT_TRUSTED",
        "Only trusted documents are run here, and this is none. Import the manifest it stands in (tongxin documents "
        "import).",
        "此处只执行可信文档，而该查询不在其列。请先用 tongxin documents import 导入其清单。",
        status=403,
    ),
    Entry(
        "PERSISTED_QUERY_NOT_FOUND",
        "No text is known by this sha256Hash. Send the same request once with its text in query, as client libraries "
        "do by themselves; the message is PersistedQueryNotFound, which they look for.",
        "没有此 sha256Hash 对应的查询文本，请连同 query 再发送一次；客户端库会自动处理。消息固定为它们识别的 "
        "PersistedQueryNotFound。",
        retryable=True,
        status=200,
        verbatim="PersistedQueryNotFound",
    ),
    Entry(
        "PERSISTED_QUERY_NOT_SUPPORTED",
        "Texts are not remembered by their hash here, or not in this version of persistedQuery: there is 1. Send "
        "query; the message is PersistedQueryNotSupported, which client libraries look for.",
        "此处不按哈希保存查询文本，或 persistedQuery 的版本不是 1，请发送 query。消息固定为客户端库识别的 "
        "PersistedQueryNotSupported。",
        status=200,
        verbatim="PersistedQueryNotSupported",
    ),
    Entry(
        "PERSISTED_QUERY_WRONG_HASH",
        "The sha256Hash is not that of the text in query. Hash the text in UTF-8, exactly as it is sent.",
        "sha256Hash 与 query 的文本不符，请对实际发送的 UTF-8 文本计算 SHA-256。",
        status=400,
    ),
)
