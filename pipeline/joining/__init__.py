"""Divided articles: the pages of one article become one text, and each keeps its place in it.

divided(connection, files, fetches, takedowns)   # Chains: which pages go on with which, over all drafts
article_sources(parts, chains, furniture)        # what each article part is made from
once(pages), article_pages(…)                    # the lines of one article's pages, put together
"""
