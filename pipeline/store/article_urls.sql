-- question: which pages gave an article, or a part of one?
-- columns: url
SELECT url FROM articles UNION SELECT url FROM article_pages;
