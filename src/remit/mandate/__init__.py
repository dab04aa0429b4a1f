"""From provisions to what is asked: obligations, clocks, limits, citations, references."""
