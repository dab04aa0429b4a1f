"""Field kinds: one file each."""
