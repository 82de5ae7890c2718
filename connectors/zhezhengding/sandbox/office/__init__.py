"""The handheld office and the messages of the sandbox, as ``contract/`` says; made of the invented world when asked."""
