"""12345 work orders as the sandbox has them: each moves along the hotline's chain as time passes."""
