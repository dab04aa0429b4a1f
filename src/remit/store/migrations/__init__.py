"""Migrations of the store's tables."""
