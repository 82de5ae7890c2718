"""What operators see of single requests: traces, and which operations are slow.

Owns which requests are recorded (``tracing.py``), where spans go (``sending.py``, ``otlp.py``) and the log of slow
operations (``slow.py``). Leaves recording to ``connectors/tracing.py``, which all layers may use; counts of everything
to ``gateway/metrics``, lines to ``gateway/logs.py``. Apart, because nothing else needs OpenTelemetry's library, which
is read only where traces are sent.
"""
