-- question: which platforms are named, at five levels, and what is alleged of them?
-- $practice $assertion: of the practices that are counted; NULL counts all
-- columns: those of platform_counts; without a filter the same rows (a test compares them)
WITH subject AS (
    FROM chosen WHERE platform_id IS NOT NULL
),
said AS (
    SELECT s.platform_id, s.story_id, s.operator_id, r.assertion, r.own
    FROM subject s
    JOIN practices r ON r.article_id = s.article_id AND r.platform_id = s.platform_id
    WHERE ($practice::VARCHAR IS NULL OR r.practice_id = $practice)
      AND ($assertion::VARCHAR IS NULL OR r.assertion = $assertion)
),
allegations AS (
    SELECT platform_id,
           count(DISTINCT story_id) FILTER (assertion = 'alleged' AND own) AS alleged_own_stories,
           count(DISTINCT operator_id) FILTER (assertion = 'alleged' AND own) AS alleged_own_operators,
           count(DISTINCT story_id) FILTER (assertion = 'alleged' AND NOT own) AS alleged_templated_stories,
           count(DISTINCT story_id) FILTER (assertion = 'claimed-practice') AS claimed_stories
    FROM said GROUP BY platform_id
)
SELECT s.platform_id,
       coalesce(any_value(p.name), s.platform_id) AS name,
       count(DISTINCT s.url) AS pages,
       count(DISTINCT s.story_id) AS stories,
       count(DISTINCT s.template_id) AS templates,
       count(DISTINCT s.site_id) AS sites,
       count(DISTINCT s.operator_id) AS operators,
       count(DISTINCT s.url) FILTER (s.state = 'live') AS live_pages,
       count(DISTINCT s.url) FILTER (s.state IN ('gone', 'soft-404')) AS gone_pages,
       count(DISTINCT s.url) FILTER (s.published_at IS NULL) AS undated_pages,
       coalesce(any_value(a.alleged_own_stories), 0) AS alleged_own_stories,
       coalesce(any_value(a.alleged_own_operators), 0) AS alleged_own_operators,
       coalesce(any_value(a.alleged_templated_stories), 0) AS alleged_templated_stories,
       coalesce(any_value(a.claimed_stories), 0) AS claimed_stories,
       round(avg(CASE WHEN s.ambiguous THEN 1.0 ELSE 0.0 END), 4) AS ambiguous_share,
       min(s.first_seen_at) AS first_seen,
       max(s.last_seen_at) AS last_seen
FROM subject s
LEFT JOIN platforms p USING (platform_id)
LEFT JOIN allegations a USING (platform_id)
GROUP BY s.platform_id
ORDER BY s.platform_id;
