"""Events of the address book (wire-formats A9): registered with the platform, read as hints and as nothing more."""
