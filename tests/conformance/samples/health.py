"""How the platforms are: no platform offers it, the gateway does."""

LISTED = {"list_connectors": (lambda _: [""], lambda _: ())}
KEYED = {"load_connector_windows": (lambda _: ["duty"], lambda _: (300,))}
