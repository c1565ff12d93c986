"""`python -m crawler`: the crawl process that crawler.crawl starts."""

from crawler.process import main

main()
