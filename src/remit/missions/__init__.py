"""Load a mission folder: read → extend → link → check, all problems at once."""
