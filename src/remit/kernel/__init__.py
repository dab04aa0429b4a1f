"""What every room stands on: wording, issues, errors, conditions, periods, places, canonical JSON, identifiers."""
