"""From a document to numbered provisions that keep their place in the source."""
