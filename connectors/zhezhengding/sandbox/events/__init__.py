"""Event callbacks of the sandbox (wire-formats A9): registration, delivery to this machine, what failed."""
