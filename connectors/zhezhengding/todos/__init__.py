"""To-dos (wire-formats A7): what waits for officials, and what we put before them."""
