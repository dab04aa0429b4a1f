"""Remit: from the Council's words to the evidence."""
