"""What the sandboxes of platforms with a contract of ours share: strict parameters, lists, problems."""
