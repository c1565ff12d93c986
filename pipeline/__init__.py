"""Pages in, corpus out: pure stages over archived pages, then SQL over what they found."""
