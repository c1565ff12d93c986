-- question: which archived responses are these articles made from?
-- $articles: list of ids
-- columns: article_id, those of fetches; one row a page of a divided article
SELECT DISTINCT p.article_id, f.* FROM article_pages p JOIN fetches f USING (fetch_id)
WHERE p.article_id IN (SELECT unnest($articles::VARCHAR[]))
ORDER BY p.article_id, f.warc_file, f.warc_offset;
