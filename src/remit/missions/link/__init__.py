"""Link: every name that a declaration uses is one that another declares; the nearest right one is proposed."""
