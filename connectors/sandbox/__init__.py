"""What the platforms' sandboxes share: one invented world, call counters, faults, and a server for them."""
