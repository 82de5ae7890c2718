"""The knowledge base as the sandbox has it."""
