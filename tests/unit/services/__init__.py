"""Services, each by itself."""
