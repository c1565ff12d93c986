"""One spider walks all sites."""
