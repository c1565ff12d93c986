-- question: which archived responses is this article made from?
-- $id
-- columns: ordinal (of the page), those of fetches
SELECT p.ordinal, f.*
FROM (SELECT fetch_id, min(ordinal) AS ordinal FROM article_pages WHERE article_id = $id GROUP BY fetch_id
      UNION SELECT fetch_id, 1 FROM articles WHERE article_id = $id
          AND NOT EXISTS (FROM article_pages g WHERE g.article_id = $id)) p
JOIN fetches f USING (fetch_id)
ORDER BY p.ordinal;
