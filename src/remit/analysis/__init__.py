"""From figures to what they say: targets and status, each with its reason."""
