"""One module a page: what it asks, and what it says."""
