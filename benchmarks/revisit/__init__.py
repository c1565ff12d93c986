"""Revisit policies side by side: the same pages, the same requests a day."""
