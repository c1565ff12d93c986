-- question: what do the figures of a report rest on?
-- columns: pages, articles, stories (of the whole corpus); chosen, undated, doubted (by their dates), unsourced,
--          conflicts (articles chosen);
--          alleged_own (articles with an allegation of somebody's own about a subject, in the whole corpus)
SELECT (SELECT count(*) FROM pages) AS pages,
       (SELECT count(*) FROM articles WHERE is_current) AS articles,
       (SELECT count(DISTINCT story_id) FROM articles WHERE is_current) AS stories,
       count(DISTINCT c.article_id) AS chosen,
       count(DISTINCT c.article_id) FILTER (c.published_at IS NULL) AS undated,
       count(DISTINCT c.article_id) FILTER (c.published_doubt IS NOT NULL) AS doubted,
       count(DISTINCT c.article_id) FILTER (NOT c.sourced) AS unsourced,
       count(DISTINCT c.article_id) FILTER (c.title_body_conflict) AS conflicts,
       (SELECT count(DISTINCT r.article_id)
        FROM practices r JOIN articles a USING (article_id)
        JOIN mentions m ON m.article_id = r.article_id AND m.platform_id = r.platform_id AND m.role = 'subject'
        WHERE a.is_current AND r.assertion = 'alleged' AND r.own) AS alleged_own
FROM chosen c;
