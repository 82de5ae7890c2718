"""The notices to citizens as the sandbox keeps them."""
