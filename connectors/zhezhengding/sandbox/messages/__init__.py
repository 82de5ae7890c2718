"""Messages between the sandbox's people, as ``contract/messages.yaml`` says."""
