-- question: which articles, and which of their platforms, does the filter let through?
-- $platform $practice $site $state $assertion: NULL lets everything through
-- $basis: published | first-seen; $since $until: days in Asia/Shanghai, both inclusive, or NULL
-- makes: chosen, one row per current article with platform_id NULL, and one per platform that is its subject;
--        a template, site or operator is the story, nothing or the site where there is none, as in the contract
-- With $practice or $assertion a platform's row stays only where the practice is attributed to that platform.
CREATE OR REPLACE TEMP TABLE chosen AS
WITH subjects AS (
    SELECT article_id, platform_id, n_mentions, n_ambiguous, sum_precision, n_measured FROM platform_subjects
    UNION ALL BY NAME
    SELECT article_id FROM articles
),
dated AS (
    SELECT a.article_id, a.url, a.sourced, a.published_at, a.published_doubt, a.title_body_conflict, a.story_id,
           a.template_id AS held_template_id, a.site_id AS held_site_id, s.operator_id AS held_operator_id,
           coalesce(a.template_id, a.story_id) AS template_id,
           CASE WHEN a.sourced THEN a.site_id END AS site_id,
           CASE WHEN a.sourced THEN coalesce(s.operator_id, a.site_id) END AS operator_id,
           p.state, p.first_seen_at, coalesce(p.last_seen_at, p.first_seen_at) AS last_seen_at,
           timezone('Asia/Shanghai', CASE WHEN $basis = 'published' THEN a.published_at
                                          ELSE p.first_seen_at END)::DATE AS day
    FROM articles a
    JOIN pages p USING (url)
    LEFT JOIN sites s ON s.site_id = a.site_id
    WHERE a.is_current
)
SELECT d.*, u.platform_id, u.n_mentions, u.n_ambiguous, u.sum_precision, u.n_measured
FROM dated d
JOIN subjects u USING (article_id)
WHERE ($platform::VARCHAR IS NULL OR u.platform_id = $platform)
  AND ($site::VARCHAR IS NULL OR d.held_site_id = $site)
  AND ($state::VARCHAR IS NULL OR d.state = $state)
  AND ($since::DATE IS NULL OR d.day >= $since)
  AND ($until::DATE IS NULL OR d.day <= $until)
  AND (($practice::VARCHAR IS NULL AND $assertion::VARCHAR IS NULL)
       OR EXISTS (FROM practices r
                  WHERE r.article_id = d.article_id
                    AND (u.platform_id IS NULL OR r.platform_id = u.platform_id)
                    AND ($practice::VARCHAR IS NULL OR r.practice_id = $practice)
                    AND ($assertion::VARCHAR IS NULL OR r.assertion = $assertion)));
