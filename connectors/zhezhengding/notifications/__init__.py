"""Work notifications and files (wire-formats A6)."""
