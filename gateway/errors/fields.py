"""Words for what happens to single fields: a platform fails, or the caller may not or asks for too much."""

from gateway.errors.entry import Entry

PLATFORMS = (
    Entry(
        "PLATFORM_UNAVAILABLE",
        "{platform} does not answer as it should right now, so this part is missing. Try again in a moment.",
        "{platform}暂时没有正常回应，这部分内容现在看不到，请稍后再试。",
        retryable=True,
    ),
    Entry(
        "PLATFORM_BUSY",
        "{platform} is receiving too many requests right now. Try again in a minute.",
        "{platform}当前请求过多，请一分钟后再试。",
        retryable=True,
    ),
    Entry(
        "PLATFORM_REFUSED_GATEWAY",
        "{platform} does not accept this gateway's own credentials. The operator has to mend it; trying again does "
        "not help.",
        "{platform}没有接受本网关的身份凭证，需要运维人员处理，重试无用。",
    ),
    Entry(
        "SIGN_IN_NEEDED",
        "The sign-in at {platform} has ended or was used up. Sign in again.",
        "在{platform}的登录已失效，请重新登录。",
    ),
    Entry(
        "PLATFORM_FORBIDDEN",
        "{platform} does not let you see or do this. Ask its administrator if you should be able to.",
        "{platform}不允许您查看或办理此项。如确有需要，请联系该平台管理员。",
    ),
    Entry(
        "NOT_FOUND",
        "There is no such thing, or it is no longer there. Check the id.",
        "没有找到该内容，可能已被删除，请核对编号。",
    ),
    Entry(
        "PLATFORM_REJECTED_INPUT",
        "{platform} did not accept the input. Check what was entered and send it again.",
        "{platform}没有接受所填内容，请核对后重新提交。",
    ),
    Entry(
        "PLATFORM_ALREADY_DONE",
        "{platform} has this already: it was sent before. There is no need to send it again.",
        "{platform}此前已收到同一请求，无需重复提交。",
    ),
    Entry(
        "OUTCOME_UNKNOWN",
        "The request was sent to {platform}, but no answer came: it may have happened. Look whether it did before "
        "sending it again.",
        "请求已发往{platform}，但没有收到结果，可能已经办理成功。请先查看结果，不要直接重复提交。",
    ),
    Entry(
        "PLATFORM_NOT_CONFIGURED",
        "No platform that offers this is connected here. The operator can connect one in the settings.",
        "这里没有接入提供此项内容的平台，请联系运维人员在设置中接入。",
    ),
)

CALLERS = (
    Entry(
        "SIGN_IN_REQUIRED",
        "This is only for people who have signed in. Sign in and send the access token.",
        "此项需要登录后才能查看，请登录并携带访问令牌。",
    ),
    Entry(
        "FORBIDDEN",
        "This needs the scope {scope}, which the access token does not carry. Ask for it when signing in.",
        "此项需要授权范围 {scope}，当前访问令牌没有该授权，请在登录时申请。",
    ),
    Entry(
        "FORBIDDEN_ROLE",
        "This is only for the role {role}. Sign in as somebody who has it.",
        "此项仅限角色 {role} 查看或办理，请使用具有该角色的账号登录。",
    ),
    Entry(
        "BAD_ID",
        "This is not an id of this kind. Use an id exactly as an earlier answer gave it.",
        "编号无效，请原样使用此前返回的编号。",
    ),
    Entry(
        "BAD_CURSOR",
        "This cursor does not belong to this list. Use pageInfo.endCursor of the same list, or start without one.",
        "游标无效，请使用同一列表返回的 pageInfo.endCursor，或不带游标从头开始。",
    ),
    Entry(
        "PAGE_TOO_LARGE",
        "Too many rows were asked for at once; at most {most} are given. Ask for fewer and page on with the cursor.",
        "一次请求的条数过多，最多 {most} 条，请减少条数并用游标翻页。",
    ),
    Entry(
        "TOO_MANY_READS",
        "The operation asks the platforms too often; at most {most} calls are made for one. Ask for fewer objects.",
        "一次操作向各平台发起的调用过多，最多 {most} 次，请减少一次查询的对象。",
    ),
    Entry(
        "RANGE_TOO_WIDE",
        "The range is too wide: at most {days} days and {rows} rows. Ask for a shorter one.",
        "查询范围过大，最多 {days} 天、{rows} 条，请缩小范围。",
    ),
    Entry(
        "BAD_INPUT",
        "The value of {field} cannot be used. Correct it and send the request again.",
        "{field} 的值无效，请更正后重新提交。",
    ),
)
