"""What somebody on call has to know at three in the morning: one picture, and the few acts that are safe.

Owns causes (whose is it?), what users noticed, incidents, orders to breakers, and the addresses that serve all this as
JSON and events. Leaves the watching to ``gateway/health``, the breakers to ``connectors/guarding``, and how it looks
to ``pages/``.
"""
