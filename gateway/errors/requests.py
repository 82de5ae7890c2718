"""Words for requests that are refused whole: the GraphQL document, the HTTP around it, or the gateway's own failure."""

from gateway.errors.entry import Entry

INTERNAL_ERROR = "INTERNAL_ERROR"

DOCUMENTS = (
    Entry(
        "GRAPHQL_PARSE_FAILED",
        "The query could not be read as GraphQL: {reason}",
        "查询语句不符合 GraphQL 语法：{reason}",
        status=400,
    ),
    Entry(
        "GRAPHQL_VALIDATION_FAILED",
        "The query does not fit the schema: {reason}",
        "查询语句与接口定义不符：{reason}",
        status=400,
    ),
    Entry(
        "BAD_USER_INPUT",
        "A variable or an argument has a value that its type does not allow: {reason}",
        "变量或参数的值与其类型不符：{reason}",
        status=400,
    ),
    Entry(
        "OPERATION_RESOLUTION_FAILURE",
        "It is not clear which operation to run: {reason} Send one operation, or name one in operationName.",
        "无法确定要执行的操作：{reason} 请只发送一个操作，或用 operationName 指明。",
        status=400,
    ),
    Entry(
        "OPERATION_NOT_SUPPORTED",
        "A subscription is more than one answer. Open it over WebSocket (graphql-transport-ws), or let the header "
        "Accept name text/event-stream first.",
        "订阅会有多次应答，请通过 WebSocket（graphql-transport-ws）发起，或在请求头 Accept 中首选 text/event-stream。",
        status=400,
    ),
    Entry(
        "DOCUMENT_TOO_DEEP",
        "The query is nested too deeply. Ask for fewer levels.",
        "查询语句嵌套过深，请减少层数。",
        status=400,
    ),
    Entry(
        "OPERATION_TOO_LARGE",
        "The answer could hold more than {most} values. Ask for smaller pages, fewer levels or fewer fields at once.",
        "查询结果可能超过 {most} 个值，请减少每页条数、层数或字段。",
        status=400,
    ),
    Entry(
        "OPERATION_TOO_COSTLY",
        "The operation could cost {cost} points; at most {most} may be spent on one. Ask for smaller pages, fewer "
        "lists in one another, or split it in two.",
        "此操作预计花费 {cost} 点，单次操作最多 {most} 点。请减小每页条数、减少列表嵌套，或拆成多个操作。",
        status=400,
    ),
    Entry(
        "DOCUMENT_TOO_LONG",
        "The query is longer than {most} tokens (words, numbers, brackets). Send one operation at a time, and only "
        "the fragments it uses.",
        "查询语句超过 {most} 个词元，请每次只发送一个操作及其用到的片段。",
        status=400,
    ),
    Entry(
        "TOO_MANY_FIELDS",
        "The query asks for too many fields, fragments counted wherever they are used; at most {most} are answered. "
        "Ask for fewer, or split it in two.",
        "查询的字段过多（片段在每个使用处都计入），最多 {most} 个，请减少字段或拆成多个操作。",
        status=400,
    ),
    Entry(
        "TOO_MANY_ROOT_FIELDS",
        "The operation begins with too many fields; at most {most} may stand at its top. Split it, or use nodes(ids:).",
        "操作的顶层字段过多，最多 {most} 个，请拆成多个操作，或使用 nodes(ids:)。",
        status=400,
    ),
    Entry(
        "TOO_MANY_ALIASES",
        "The query has too many aliases; at most {most} are accepted. Use lists and nodes(ids:) in place of one alias "
        "for each object.",
        "查询中的别名过多，最多 {most} 个，请用列表或 nodes(ids:) 代替逐个别名。",
        status=400,
    ),
    Entry(
        "TOO_MANY_FRAGMENTS",
        "The query has too many fragments; at most {most} are accepted. Send only those the operation uses.",
        "查询中的片段过多，最多 {most} 个，请只发送操作用到的片段。",
        status=400,
    ),
    Entry(
        "TOO_MANY_DIRECTIVES",
        "The query has too many directives; at most {most} are accepted. Leave out what is not needed.",
        "查询中的指令过多，最多 {most} 个，请去掉不需要的指令。",
        status=400,
    ),
    Entry(
        "TOO_MANY_REPEATS",
        "The field {field} is written too often in the same place; at most {most} times are accepted. Write it once.",
        "字段 {field} 在同一处重复过多，最多 {most} 次，请只写一次。",
        status=400,
    ),
    Entry(
        "TOO_MANY_LITERALS",
        "Too many values are written into lists and objects of the query; at most {most} are read. Send them as "
        "variables, and fewer at once.",
        "查询语句的列表和对象中直接写入的值过多，最多 {most} 个，请改用变量并减少数量。",
        status=400,
    ),
    Entry(
        "LITERAL_TOO_DEEP",
        "A list or an object written into the query is nested too deeply; at most {most} levels are read.",
        "查询语句中直接写入的列表或对象嵌套过深，最多 {most} 层。",
        status=400,
    ),
    Entry(
        "INTROSPECTION_OFF",
        "The schema cannot be asked for here. It is documented at /graphql/schema.graphql.",
        "此处未开放内省查询，接口定义见 /graphql/schema.graphql。",
        status=400,
    ),
)

TRANSPORT = (
    Entry(
        "BAD_JSON",
        "The request is not JSON in UTF-8. Send a JSON object with the key query.",
        "请求不是 UTF-8 编码的 JSON，请发送带有 query 的 JSON 对象。",
        status=400,
    ),
    Entry(
        "JSON_TOO_DEEP",
        "The JSON of the request is nested too deeply; at most {most} levels are read.",
        "请求的 JSON 嵌套过深，最多 {most} 层。",
        status=400,
    ),
    Entry(
        "NUMBER_TOO_LONG",
        "A number in the request is too long; at most {most} digits are read. Send longer ones as strings.",
        "请求中的数字过长，最多 {most} 位，更长的请用字符串发送。",
        status=400,
    ),
    Entry(
        "BAD_PARAMETER",
        "The request parameter {parameter} is missing or not of its type: query is a string (or documentId in its "
        "place, not both), operationName a string or null, variables and extensions are objects or null.",
        "请求参数 {parameter} 缺失或类型不对：query 为字符串（或以 documentId 代替，两者不可并用），operationName "
        "为字符串或 null，variables 与 extensions 为对象或 null。",
        status=400,
    ),
    Entry(
        "DUPLICATE_PARAMETER",
        "The request parameter {parameter} is given more than once. Give it once.",
        "请求参数 {parameter} 重复，只能给出一次。",
        status=400,
    ),
    Entry(
        "BAD_QUERY_STRING",
        "The part of the address behind the question mark cannot be read. Percent-encode it as UTF-8.",
        "地址中问号之后的部分无法读取，请按 UTF-8 进行百分号编码。",
        status=400,
    ),
    Entry(
        "BATCHING_NOT_OFFERED",
        "Several requests in one list are not accepted. Send each by itself, or several fields in one query.",
        "不支持在一个列表中发送多个请求，请分别发送，或在一个查询中写多个字段。",
        status=400,
    ),
    Entry(
        "TOKEN_IN_ADDRESS",
        "Access tokens are not taken from the address, where logs would keep them. Send the header Authorization: "
        "Bearer, and let this token be revoked.",
        "不接受地址中的访问令牌，以免被日志记录。请使用请求头 Authorization: Bearer，并吊销该令牌。",
        status=400,
    ),
    Entry(
        "CROSS_SITE_REQUEST",
        "This query was sent for a page of another site that had not asked first. Send it by POST as application/json, "
        "or with the header x-tongxin-require-preflight: 1, from a page whose origin is registered.",
        "此查询由其他网站的页面直接发出，未经预检。请用 POST 以 application/json 发送，或带上请求头 "
        "x-tongxin-require-preflight: 1，且页面的源须已登记。",
        status=403,
    ),
    Entry(
        "METHOD_NOT_ALLOWED",
        "This address answers GET and POST only.",
        "此地址只接受 GET 和 POST。",
        status=405,
    ),
    Entry(
        "ONLY_QUERIES_BY_GET",
        "By GET only queries are run. Send mutations by POST.",
        "GET 只能执行查询，修改操作请使用 POST。",
        status=405,
    ),
    Entry(
        "NOT_ACCEPTABLE",
        "The header Accept allows none of what can be answered: application/graphql-response+json and "
        "application/json.",
        "请求头 Accept 不包含可返回的类型：application/graphql-response+json 与 application/json。",
        status=406,
    ),
    Entry(
        "BODY_TOO_SLOW",
        "The request did not arrive within {seconds} seconds. Try again over a better connection.",
        "请求内容未在 {seconds} 秒内送达，请在网络较好时重试。",
        retryable=True,
        status=408,
    ),
    Entry(
        "BODY_TOO_LARGE",
        "The request is larger than {most} bytes. Send less at once.",
        "请求超过 {most} 字节，请减少内容。",
        status=413,
    ),
    Entry(
        "ADDRESS_TOO_LONG",
        "The address is longer than {most} bytes. Send the query by POST.",
        "地址超过 {most} 字节，请改用 POST 发送查询。",
        status=414,
    ),
    Entry(
        "UNSUPPORTED_MEDIA_TYPE",
        "The request is read as application/json in UTF-8 only. Set the header Content-Type so.",
        "请求只支持 UTF-8 编码的 application/json，请相应设置请求头 Content-Type。",
        status=415,
    ),
    Entry(
        "UNSUPPORTED_ENCODING",
        "Compressed requests are not accepted. Send it without Content-Encoding.",
        "不支持压缩的请求，请不要使用 Content-Encoding。",
        status=415,
    ),
)

OURS = (
    Entry(
        INTERNAL_ERROR,
        "Something went wrong in the gateway itself. If it happens again, tell the operator the trace id.",
        "网关内部出现问题。如再次出现，请将追踪编号告知运维人员。",
        status=500,
    ),
    Entry(
        "DEADLINE_EXCEEDED",
        "The answer was not ready in time. Try again, or ask for less at once.",
        "未能在规定时间内完成，请重试或减少一次查询的内容。",
        retryable=True,
        status=504,
    ),
    Entry(
        "RATE_LIMITED",
        "Too many requests with this client's tokens, as this person or from this address. Send this one again in "
        "{seconds} seconds, as the header Retry-After says, and then fewer at once.",
        "该应用、该用户或该地址的请求过于频繁，请按响应头 Retry-After 等待 {seconds} 秒后再发送，并降低请求频率。",
        retryable=True,
        status=429,
    ),
    Entry(
        "POINTS_SPENT",
        "The client has used up the points its operations may cost in an hour. Send this one again in {seconds} "
        "seconds, ask for less at once (x-tongxin-cost tells what an operation costs), or ask the operator for more.",
        "该应用每小时可用的查询点数已用完。请等待 {seconds} 秒后再发送，减少单次查询的内容"
        "（x-tongxin-cost 可查看点数），或联系运维人员提高额度。",
        retryable=True,
        status=429,
    ),
    Entry(
        "SIGN_ON_UNAVAILABLE",
        "The gateway cannot look up just now whom the access token belongs to. Try again in a moment.",
        "暂时无法核对访问令牌的持有人，请稍后重试。",
        retryable=True,
        status=503,
    ),
    Entry(
        "STORE_UNAVAILABLE",
        "What the gateway keeps itself cannot be read just now; the rest of the answer stands. Try again in a moment.",
        "网关自身保存的内容暂时无法读取，其余结果不受影响，请稍后重试。",
        retryable=True,
    ),
)
