"""Goldens of what resolutions ask, written by hand: places, dates, amounts, symbols and names, never sentences."""
