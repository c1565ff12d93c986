-- question: which strangers are names, and in which articles of their group do they stand?
-- reads: skeleton_strangers(held, surface), found_template_sentences, article_groups, part_articles, versions
-- parameters: $least_sites, $alike; makes: found_unlisted_names (as tables.UnlistedName)
-- A name stands on several sites: what stands on one only is the site's own. What $alike stories of any template
-- say in the very same words is no name but a word (本平台, 贷款机构).
CREATE OR REPLACE TEMP TABLE found_unlisted_names AS
WITH fixed AS (SELECT text FROM found_template_sentences WHERE n_alike >= $alike),
free AS (
    SELECT * FROM skeleton_strangers s WHERE NOT EXISTS (FROM fixed WHERE contains(fixed.text, s.surface))
),
standing AS (
    SELECT DISTINCT ON (f.surface, a.article_id) f.surface, g.template_id, a.article_id, a.site_id, a.sourced,
           instr(a.text, f.surface) - 1 AS char_start
    FROM free f
    JOIN article_groups g ON coalesce(g.template_id, g.story_id) = f.held
    SEMI JOIN (FROM versions WHERE is_current) v ON v.article_id = g.article_id
    JOIN part_articles a ON a.article_id = g.article_id AND contains(a.text, f.surface)
    ORDER BY f.surface, a.article_id
),
spread AS (
    SELECT surface FROM standing WHERE sourced GROUP BY surface HAVING count(DISTINCT site_id) >= $least_sites
)
SELECT template_id, article_id, 'text' AS field, char_start, char_start + length(surface) AS char_end, surface
FROM standing SEMI JOIN spread USING (surface)
ORDER BY surface, article_id
