"""The copies step against other tools, on farms whose stories and templates are known."""
