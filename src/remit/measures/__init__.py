"""From records to figures: measures → Ibis → figures; snapshots, freezing."""
