"""How live answers travel: WebSocket (graphql-transport-ws) and server-sent events (GraphQL over SSE).

Owns connections: who may open one, how many, how long one may keep silent or not read, and the form of what is sent.
Leaves what is told, and to whom, to the streams (``gateway/live``), and single answers to the executor.

A message over WebSocket passes no task: who delivers calls the stream's reader, which frames the shared bytes and hands
them to the transport. A connection has no ASGI scope, queues or tasks either, which takes a third of the memory of
uvicorn's own WebSocket classes, and a fraction of their time (``docs/live.md``, ``benchmarks/live.py``).
"""
