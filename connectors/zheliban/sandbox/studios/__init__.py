"""The studio service as the sandbox has it: seeded questions, what is read of them, and what people do to them."""
