"""Sites in, pages out: what is fetched, when, and how it is kept."""
