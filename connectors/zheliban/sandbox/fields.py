"""What a request carries besides its path: the query and a form, read alike whatever their bytes are."""

from urllib.parse import parse_qsl

from starlette.requests import Request


def query_of(request: Request) -> dict[str, str]:
    """The parameters of the query, blank ones too; of one given twice the last."""
    return dict(parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True))


async def sent_by(request: Request) -> dict[str, str]:
    """The parameters of the query and of a form; the form's win."""
    body = (await request.body()).decode("utf-8", "replace")
    return query_of(request) | dict(parse_qsl(body, keep_blank_values=True))
