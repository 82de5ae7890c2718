"""Messages between people of the work app, by our own contract (``contract/messages.yaml``)."""
