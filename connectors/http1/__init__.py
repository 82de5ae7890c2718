"""Our own HTTP/1.1 client for calls that are made a thousand times a second: a pool of connections per host.

Owns the wire: connecting and TLS, the request's bytes, what an answer may look like, how long and how large it may
be, and which connection may carry the next call. Leaves what an answer means, counting and the platforms' errors to
``connectors/transport.py``, cookies, proxies and redirects to nobody: there are none. It stands apart because httpx
costs fifty times the CPU (docs/adr/0004-upstream-transport.md).

A call: ``hosts.py`` finds the host's ``pool.py``, which lends a ``connection.py`` or has ``dialing.py`` make one;
``request.py`` is what is sent; ``framing.py`` tells where the answer ends, ``decoding.py`` undoes its compression.
"""
