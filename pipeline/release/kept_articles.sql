-- question: which articles may be released?
-- reads: kept_pages; $unsourced: true where pages of unknown origin were asked for
-- makes: kept_articles, one row per article with what groups are counted by, and whether it stands for its story;
--        in the order of the tables that hang on articles, so that a slice of it is found at once
CREATE OR REPLACE TEMP TABLE kept_articles AS
SELECT a.article_id, a.url, a.sourced, a.is_current, a.published_at, a.published_doubt, a.fetched_at, a.n_chars,
       a.story_id, a.template_id, a.site_id, coalesce(s.operator_id, a.site_id) AS operator_id,
       row_number() OVER (PARTITION BY a.story_id
                          ORDER BY a.is_representative DESC, a.is_current DESC, a.n_chars DESC, a.article_id) = 1
           AND a.story_id IS NOT NULL AS stands_for_story
FROM articles a SEMI JOIN kept_pages USING (url) LEFT JOIN sites s ON s.site_id = a.site_id
WHERE a.sourced OR $unsourced
ORDER BY a.article_id;
