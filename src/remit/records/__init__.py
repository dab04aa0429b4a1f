"""What the mission knows: record types, fields, processes, entries and folds, the journal protocol, sealing, access."""
