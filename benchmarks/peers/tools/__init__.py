"""Tools in processes of their own: each imports what its own environment has, in its function."""
