"""The unified intake as the sandbox has it."""
