"""Persons and units held against a list of sanctions: names compared, candidates explained; people decide."""
