"""Named rules: what the condition grammar cannot say, each citing its paragraph or standard."""
