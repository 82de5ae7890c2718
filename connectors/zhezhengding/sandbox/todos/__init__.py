"""To-dos of the sandbox (wire-formats A7, F 7): those we make, and some everybody has."""
