"""The crawler beside Scrapy's defaults, its memory over many pages, and what `kill -9` costs it."""
