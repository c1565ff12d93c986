-- question: from which articles is the skeleton of each template induced?
-- reads: article_groups, copy_articles; parameters: $sampled, $guests, $least
-- makes: skeleton_copies(number, held, template_id, article_id, stands, is_known, digest, place)
-- Of each story the article that stands for it, at most $sampled of a template; and up to $guests guests: other current
-- articles without a known subject, among which names that no list has are looked for. Of many those with the
-- smallest digests of their normal forms, as good as drawn by lot: a new page seldom changes who is asked, and
-- nothing but texts decides. Guests with one normal form are one.
CREATE OR REPLACE TEMP TABLE skeleton_copies AS
WITH asked AS (
    SELECT coalesce(g.template_id, g.story_id) AS held, g.template_id, g.article_id,
           g.is_representative AS stands, len(a.subjects) > 0 AS is_known, a.normal_sha256 AS digest
    FROM article_groups g JOIN copy_articles a USING (article_id)
    WHERE g.is_representative AND g.template_id IS NOT NULL OR len(a.subjects) = 0 AND a.is_current
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY held, stands ORDER BY digest, article_id) AS place
    FROM (SELECT DISTINCT ON (held, CASE WHEN stands THEN article_id ELSE digest END) *
          FROM asked ORDER BY held, CASE WHEN stands THEN article_id ELSE digest END, stands DESC, article_id)
),
chosen AS (SELECT * FROM ranked WHERE place <= CASE WHEN stands THEN $sampled ELSE $guests END),
enough AS (SELECT held FROM chosen GROUP BY held HAVING any_value(template_id) IS NOT NULL OR count(*) >= $least)
SELECT dense_rank() OVER (ORDER BY held) - 1 AS number, *
FROM chosen SEMI JOIN enough USING (held);
