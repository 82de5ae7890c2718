"""Redis as the store that several gateways share; loaded only where one is set."""

from typing import Any
from urllib.parse import unquote, urlsplit

from aiocache.backends.redis import RedisCache
from aiocache.serializers import NullSerializer


class RedisStore(RedisCache):  # type: ignore[misc]  # aiocache ships no types
    """aiocache's, which keeps bytes as they are and closes as redis-py wants it by now."""

    async def _close(self, *_: Any, **__: Any) -> None:
        await self.client.aclose()


def redis_store(address: str, timeout: float) -> RedisStore:
    """The store at a ``redis://`` or ``rediss://`` address; nothing is connected before it is asked."""
    url = urlsplit(address)
    return RedisStore(
        endpoint=url.hostname or "127.0.0.1",
        port=url.port or 6379,
        db=int(url.path.strip("/") or 0),
        password=unquote(url.password) if url.password else None,
        create_connection_timeout=timeout,
        ssl=url.scheme == "rediss",
        connection_pool_kwargs={"username": unquote(url.username)} if url.username else None,
        serializer=NullSerializer(encoding=None),
        timeout=0,  # whoever asks has a time limit of their own
    )
