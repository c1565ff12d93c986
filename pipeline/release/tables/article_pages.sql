-- question: which page of the site gave which part of each released article?
SELECT * FROM article_pages SEMI JOIN kept_slice USING (article_id)
ORDER BY article_id, field DESC, ordinal;
