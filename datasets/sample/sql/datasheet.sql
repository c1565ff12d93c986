-- question: what does a datasheet ask that the released rows can answer?
-- reads: kept_pages, kept_articles
-- columns: one row; counts, days (UTC), and lists in words. current: newest versions; shares are of these
WITH current AS (
    SELECT a.* FROM articles a SEMI JOIN kept_articles USING (article_id) WHERE a.is_current
),
of_current AS (
    SELECT count(*) AS current,
           count(*) FILTER (published_at IS NULL) AS undated,
           count(*) FILTER (published_doubt IS NOT NULL) AS doubted,
           min(published_at)::DATE AS first_published, max(published_at)::DATE AS last_published,
           count(*) FILTER (script = 'hans') AS hans, count(*) FILTER (script = 'hant') AS hant,
           count(*) FILTER (script = 'mixed') AS mixed,
           coalesce(median(n_chars)::BIGINT, 0) AS chars,
           count(*) FILTER (title_body_conflict) AS conflicts,
           count(*) FILTER (template_id IS NOT NULL) AS filled_in,
           count(*) FILTER (contains(text, '[PHONE]') OR contains(text, '[EMAIL]') OR contains(text, '[NAME]')
                            OR contains(text, '[QQ]') OR contains(text, '[WECHAT]') OR contains(text, '[ID]')
                            OR contains(text, '[CARD]')) AS redacted
    FROM current
),
of_versions AS (
    SELECT count(*) AS versions, count(DISTINCT story_id) AS stories, count(DISTINCT template_id) AS templates
    FROM kept_articles
),
of_visits AS (
    SELECT min(fetched_at)::DATE AS first_fetched, max(fetched_at)::DATE AS last_fetched, count(*) AS visits,
           count(*) FILTER (run_id IN (SELECT run_id FROM runs WHERE kind = 'import')) AS imported
    FROM fetches SEMI JOIN kept_pages USING (url)
),
of_pages AS (
    SELECT count(*) AS pages, count(DISTINCT site_id) AS sites,
           count(DISTINCT site_id) FILTER (site_id IN (SELECT site_id FROM sites WHERE why IS NOT NULL)) AS reasoned,
           count(*) FILTER (state IN ('gone', 'soft-404')) AS gone,
           (SELECT count(*) FROM pages) - count(*) AS unreleased
    FROM pages SEMI JOIN kept_pages USING (url)
),
losses AS (
    SELECT reason, count(*) AS n FROM drops SEMI JOIN kept_pages USING (url) GROUP BY reason
),
of_losses AS (
    SELECT coalesce(sum(n), 0)::BIGINT AS dropped,
           coalesce(sum(n) FILTER (reason IN ('robots', 'blocked')), 0)::BIGINT AS refused,
           coalesce(string_agg(n || ' ' || reason, ', ' ORDER BY n DESC, reason), 'none') AS losses FROM losses
),
repairs AS (
    SELECT kind, count(*) AS n FROM edits SEMI JOIN kept_articles USING (article_id) GROUP BY kind
),
of_repairs AS (
    SELECT coalesce(sum(n), 0)::BIGINT AS edits,
           coalesce(string_agg(n || ' ' || kind, ', ' ORDER BY n DESC, kind), 'none') AS repairs FROM repairs
),
spoken AS (
    SELECT assertion, count(*) AS n FROM practices SEMI JOIN kept_articles USING (article_id) GROUP BY assertion
)
SELECT *,
       (SELECT coalesce(string_agg(n || ' ' || assertion, ', ' ORDER BY n DESC, assertion), 'none') FROM spoken)
           AS assertions,
       (SELECT count(DISTINCT platform_id) FROM mentions SEMI JOIN kept_articles USING (article_id)) AS named,
       (SELECT count(*) FROM repair_notes SEMI JOIN kept_articles USING (article_id)) AS notes,
       (SELECT count(*) FROM corrections) AS corrected
FROM of_current, of_versions, of_visits, of_pages, of_losses, of_repairs;
