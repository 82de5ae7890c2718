"""The handheld office by our own contract (``contract/office.yaml``): notices, schedule, progress, documents."""
