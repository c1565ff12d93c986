-- question: which articles, and which of their platforms, does the filter let through?
-- $platform $practice $site $state $assertion: NULL lets everything through
-- $basis: published | first-seen; $since $until: days in Asia/Shanghai, both inclusive, or NULL
-- makes: chosen, one row per current article with platform_id NULL, and one per platform that is its subject;
--        a template, site or operator is the story, nothing or the site where there is none, as in the contract
-- With $practice or $assertion a platform's row stays only where the practice is attributed to that platform.
-- alleged_own, alleged_templated, claimed: whether the article says so of the platform (of any, where that is
-- NULL), counting the practices asked for only; ambiguous: all its mentions as subject rest on ambiguous aliases
CREATE OR REPLACE TEMP TABLE chosen AS
WITH subjects AS (
    SELECT article_id, platform_id, n_mentions, n_ambiguous, sum_precision, n_measured,
           n_ambiguous = n_mentions AS ambiguous
    FROM platform_subjects
    UNION ALL BY NAME
    SELECT article_id, bool_and(n_ambiguous = n_mentions) AS ambiguous
    FROM articles LEFT JOIN platform_subjects USING (article_id) GROUP BY article_id
),
said AS (
    SELECT article_id, platform_id,
           bool_or(assertion = 'alleged' AND own) AS alleged_own,
           bool_or(assertion = 'alleged' AND NOT own) AS alleged_templated,
           bool_or(assertion = 'claimed-practice') AS claimed
    FROM practices
    WHERE platform_id IS NOT NULL AND ($practice::VARCHAR IS NULL OR practice_id = $practice)
      AND ($assertion::VARCHAR IS NULL OR assertion = $assertion)
    GROUP BY GROUPING SETS ((article_id, platform_id), (article_id))
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
SELECT d.*, u.platform_id, u.n_mentions, u.n_ambiguous, u.sum_precision, u.n_measured, u.ambiguous,
       coalesce(t.alleged_own, false) AS alleged_own, coalesce(t.alleged_templated, false) AS alleged_templated,
       coalesce(t.claimed, false) AS claimed
FROM dated d
JOIN subjects u USING (article_id)
LEFT JOIN said t ON t.article_id = d.article_id AND t.platform_id IS NOT DISTINCT FROM u.platform_id
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
