"""The coverage's files: checked, edited at the desk, taken over by the running server, and each change of power told."""
