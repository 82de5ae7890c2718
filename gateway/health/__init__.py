"""How the gateway and its platforms are: the watch over each platform, the probes, and the pages that tell of them."""
