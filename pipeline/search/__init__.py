"""Exact phrases over the titles and texts of a snapshot, in either script: `find.search`."""
