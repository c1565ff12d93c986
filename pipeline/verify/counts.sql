-- question: are the counts of sites and groups those of their members, and does every row have its article?
-- columns: record, wrong (NULL where all is well); one row a site, story, template and table
SELECT site_id AS record,
       CASE WHEN n_pages <> (SELECT count(*) FROM pages p WHERE p.site_id = s.site_id)
            THEN 'n_pages is not the number of its pages'
            WHEN n_articles <> (SELECT count(*) FROM articles a WHERE a.site_id = s.site_id AND a.is_current)
            THEN 'n_articles is not the number of its current articles' END AS wrong
FROM sites s
UNION ALL
SELECT s.story_id, CASE WHEN s.n_articles <> coalesce(m.n, 0) THEN 'n_articles is not that of its members' END
FROM stories s LEFT JOIN (SELECT story_id, count(*) AS n FROM articles WHERE is_current GROUP BY ALL) m
    USING (story_id)
UNION ALL
SELECT t.template_id,
       CASE WHEN t.n_stories <> coalesce(m.n, 0) THEN 'n_stories is not that of its members' END
FROM templates t
LEFT JOIN (SELECT template_id, count(DISTINCT story_id) AS n FROM articles GROUP BY ALL) m USING (template_id)
UNION ALL
SELECT name, CASE WHEN lost > 0 THEN lost || ' rows of articles that are not there' END
FROM (
    SELECT 'originals' AS name, count(*) AS lost FROM originals ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'sections', count(*) FROM sections ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'edits', count(*) FROM edits ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'lines_removed', count(*) FROM lines_removed ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'mentions', count(*) FROM mentions ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'practices', count(*) FROM practices ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'laws', count(*) FROM laws ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'tip_candidates', count(*) FROM tip_candidates ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'tip_sources', count(*) FROM tip_sources ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'own_sentences', count(*) FROM own_sentences ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'slot_fillers', count(*) FROM slot_fillers ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'template_versions', count(*) FROM template_versions ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'template_sentences', count(*)
        FROM template_sentences ANTI JOIN templates USING (template_id)
    UNION ALL SELECT 'name_hints', count(*) FROM name_hints ANTI JOIN articles USING (article_id)
    UNION ALL SELECT 'unlisted_names', count(*) FROM unlisted_names ANTI JOIN articles USING (article_id)
);
