"""Mission folders: reading, extending, linking, checking, building, locating."""
