-- question: does anything in the store contradict what the schema promises?
-- columns: wrong (a URL or id), said (which promise); no row when all is well
SELECT url AS wrong, 'a page is neither a current article nor a drop' AS said
FROM pages ANTI JOIN drops USING (url) ANTI JOIN (SELECT url FROM articles WHERE is_current) USING (url)
UNION ALL
SELECT url, 'a page is both a current article and a drop'
FROM drops SEMI JOIN (SELECT url FROM articles WHERE is_current) USING (url)
UNION ALL
SELECT url, 'a URL is dropped twice' FROM drops GROUP BY url HAVING count(*) > 1
UNION ALL
SELECT url, 'a URL has two current articles' FROM articles WHERE is_current GROUP BY url HAVING count(*) > 1
UNION ALL
SELECT url, 'an article or drop has no page' FROM (SELECT url FROM articles UNION SELECT url FROM drops)
ANTI JOIN pages USING (url)
UNION ALL
SELECT a.article_id, 'the pages of an article are not its text' FROM articles a JOIN (
    SELECT article_id, min(char_start) AS first, max(char_end) AS last,
           sum(char_end - char_start) + count(*) FILTER (char_end > char_start) - 1 AS n
    FROM article_pages WHERE field = 'text' GROUP BY article_id
) p USING (article_id) WHERE p.first <> 0 OR p.last <> a.n_chars OR p.n <> a.n_chars
UNION ALL
SELECT story_id, 'a story has two templates' FROM articles WHERE is_current AND story_id IS NOT NULL
GROUP BY story_id HAVING count(DISTINCT coalesce(template_id, '')) > 1
UNION ALL
SELECT url, 'a further page of an article is an article itself' FROM article_pages p
JOIN (SELECT DISTINCT url FROM articles WHERE is_current) a USING (url) WHERE p.ordinal > 1
UNION ALL
SELECT article_id, 'two articles have one id' FROM articles GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT f.article_id, 'a span is not its surface' FROM (
    SELECT article_id, field, char_start, char_end, surface FROM mentions
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM practices
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM laws
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM tip_sources
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM tip_candidates
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM slot_fillers
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM unlisted_names
    UNION ALL SELECT article_id, field, char_start, char_end, surface FROM name_hints
    UNION ALL SELECT article_id, field, char_start, char_end, replacement FROM edits
) f JOIN articles a USING (article_id)
WHERE slice(CASE f.field WHEN 'title' THEN a.title ELSE a.text END, f.char_start, f.char_end) <> f.surface
LIMIT 1;
