"""What counts as an event: the codebook (TOML files in `kinds/`) and the matcher that applies it."""
