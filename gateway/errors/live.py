"""Words for live answers: why a stream ended, why none began."""

from gateway.errors.entry import Entry

LIVE = (
    Entry(
        "TOKEN_ENDED",
        "The access token ended or was taken back, and what was listened to with it. Sign in again, and subscribe "
        "again with a new token.",
        "访问令牌已到期或被收回，订阅随之结束。请重新登录，并用新的令牌重新订阅。",
    ),
    Entry(
        "RIGHTS_CHANGED",
        "What you may see has changed while you listened. Subscribe again.",
        "您可查看的范围已有变化，请重新订阅。",
        retryable=True,
    ),
    Entry(
        "SLOW_READER",
        "More happened than was read from this subscription, so it was ended. Subscribe again behind the last message, "
        "or read the list anew.",
        "读取速度跟不上推送，订阅已结束。请从最后一条消息之后继续订阅，或重新读取列表。",
        retryable=True,
    ),
    Entry(
        "LIVE_BEHIND",
        "More happens than can be told just now, so the subscription was ended. Read the list, and subscribe again in "
        "a moment.",
        "短时间内变化过多，推送跟不上，订阅已结束。请读取列表，稍后再订阅。",
        retryable=True,
    ),
    Entry(
        "RESUME_TOO_LATE",
        "What came since the last message is not remembered any more. Read the list anew, and subscribe without "
        "Last-Event-ID.",
        "最后一条消息之后的内容已不再保留。请重新读取列表，并不带 Last-Event-ID 重新订阅。",
    ),
    Entry(
        "NOTHING_TO_LISTEN_TO",
        "The subscription leaves nothing to listen to, or is nested too deeply. Ask for one field, without @skip and "
        "@include at its top.",
        "订阅中没有可接收的内容，或嵌套过深。请订阅一个顶层字段，且不要在其上使用 @skip、@include。",
        status=400,
    ),
    Entry(
        "TOO_MANY_STREAMS",
        "As many subscriptions are open as are held at once ({most}). Close some, or try again in a moment.",
        "当前打开的订阅已达上限（{most} 个），请关闭一些或稍后再试。",
        retryable=True,
        status=503,
    ),
    Entry(
        "GATEWAY_STOPPING",
        "This gateway is being stopped. Subscribe again; another one answers, or this one in a moment.",
        "网关正在停止服务，请重新订阅，将由其他网关或重启后的网关继续。",
        retryable=True,
        status=503,
    ),
    Entry(
        "TOO_MANY_CONNECTIONS",
        "As many connections for live answers are open as are held at once ({most}) in this gateway, for this client, "
        "this person or this address. Close some, or try again in a moment.",
        "本网关、该应用、该用户或该地址的实时连接已达上限（{most} 个），请关闭一些或稍后再试。",
        retryable=True,
        status=429,
    ),
    Entry(
        "TOO_MANY_OPERATIONS",
        "As many operations are open on this connection as it may hold ({most}). Complete some first.",
        "此连接上同时进行的操作已达上限（{most} 个），请先结束一些。",
        retryable=True,
        status=429,
    ),
    Entry(
        "ORIGIN_NOT_ALLOWED",
        "The page's origin is not registered for this client. Let the operator register it, and connect again.",
        "该页面的源未在此应用下登记，请联系运维人员登记后再连接。",
        status=403,
    ),
)
