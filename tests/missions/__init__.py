"""Every mission folder that ships."""
