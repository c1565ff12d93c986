"""Markup byte by byte, as machine code: what is built to stall a parser, and what a tree says."""
