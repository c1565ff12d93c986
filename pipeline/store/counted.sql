-- question: as what does each current article count, alone and for each platform that is its subject?
-- reads: articles, pages, sites, stories, mentions, mention_rules, practices, tip_sources, laws
-- makes: counted, counted_kinds, counted_findings and corpus_counts, which every count reads; again, unchanged, when a
--        takedown has removed articles
-- alleged_own, alleged_templated, claimed: whether the article says so of the platform (of any, where that is NULL);
-- place: how telling what it says is, as evidence/telling.sql orders it; NULL where it speaks of no practice;
-- ambiguous: all its mentions as subject rest on ambiguous aliases (those of any platform, where that is NULL)
-- A platform's rows stand together, so that one platform is read without the others; numbers are counted faster
-- than ids; articles of a story have numbers beside one another, so that what is sorted by them is folded faster.

-- What a row of a report may stand for; that of older versions, too: a number without a finding counts nothing.
INSERT INTO counted_kinds BY NAME
WITH kinds AS (
    SELECT DISTINCT 'practice' AS kind, practice_id AS finding, assertion, CASE WHEN assertion = 'alleged' THEN own END AS own
    FROM practices
    UNION ALL BY NAME SELECT DISTINCT 'tip' AS kind, tip_id AS finding FROM tip_sources
    UNION ALL BY NAME SELECT DISTINCT 'law' AS kind, law_id AS finding FROM laws
    UNION ALL BY NAME SELECT DISTINCT 'site' AS kind, site_id AS finding FROM articles
    UNION ALL BY NAME SELECT DISTINCT 'template' AS kind, template_id AS finding FROM articles WHERE template_id IS NOT NULL
    UNION ALL BY NAME SELECT DISTINCT 'operator' AS kind, operator_id AS finding FROM sites WHERE operator_id IS NOT NULL
)
SELECT row_number() OVER (ORDER BY kind, finding, assertion, own) AS number, * FROM kinds ORDER BY number;

INSERT INTO counted BY NAME
WITH named AS (
    SELECT m.article_id, m.platform_id, count(*) AS n_mentions, count(*) FILTER (m.tier <> 'A') AS n_ambiguous,
           sum(k.precision::DECIMAL(18, 9))::DOUBLE AS sum_precision, count(k.precision) AS n_measured,
           n_ambiguous = n_mentions AS ambiguous
    FROM mentions m LEFT JOIN mention_rules k USING (rule)
    WHERE m.role = 'subject' GROUP BY ALL
),
subjects AS (
    FROM named
    UNION ALL BY NAME
    SELECT a.article_id, bool_or(n.ambiguous) AS ambiguous
    FROM articles a LEFT JOIN named n USING (article_id) GROUP BY a.article_id
),
said AS (
    SELECT article_id, platform_id,
           bool_or(assertion = 'alleged' AND own) FILTER (attributed) AS alleged_own,
           bool_or(assertion = 'alleged' AND NOT own) FILTER (attributed) AS alleged_templated,
           bool_or(assertion = 'claimed-practice') FILTER (attributed) AS claimed,
           min(CASE WHEN assertion = 'alleged' AND own THEN 0 WHEN assertion = 'alleged' THEN 1
                    WHEN assertion = 'claimed-practice' THEN 2 ELSE 3 END)::TINYINT AS place
    FROM (SELECT *, platform_id IS NOT NULL AS attributed FROM practices)
    GROUP BY GROUPING SETS ((article_id, platform_id), (article_id))
    HAVING grouping(platform_id) = 1 OR platform_id IS NOT NULL
),
ranked AS (
    SELECT a.*, s.operator_id AS held_operator_id,
           row_number() OVER (ORDER BY a.story_id, a.article_id) AS article,
           CASE WHEN a.story_id IS NOT NULL THEN dense_rank() OVER (ORDER BY a.story_id) END AS story,
           CASE WHEN a.story_id IS NOT NULL
                THEN dense_rank() OVER (ORDER BY coalesce(a.template_id, a.story_id)) END AS template,
           CASE WHEN a.sourced THEN dense_rank() OVER (ORDER BY a.site_id) END AS site,
           CASE WHEN a.sourced THEN dense_rank() OVER (ORDER BY coalesce(s.operator_id, a.site_id)) END AS operator,
           a.sourced AND coalesce(a.story_id IN (SELECT story_id FROM stories WHERE n_sites = 1), false) AS exclusive,
           x.number AS site_number, y.number AS template_number, CASE WHEN a.sourced THEN z.number END AS operator_number
    FROM articles a LEFT JOIN sites s ON s.site_id = a.site_id
    LEFT JOIN counted_kinds x ON x.kind = 'site' AND x.finding = a.site_id
    LEFT JOIN counted_kinds y ON y.kind = 'template' AND y.finding = a.template_id
    LEFT JOIN counted_kinds z ON z.kind = 'operator' AND z.finding = s.operator_id
    WHERE a.is_current
)
SELECT r.article_id, r.url, u.platform_id, r.story_id, coalesce(r.template_id, r.story_id) AS template_id,
       CASE WHEN r.sourced THEN r.site_id END AS site_id,
       CASE WHEN r.sourced THEN coalesce(r.held_operator_id, r.site_id) END AS operator_id,
       r.template_id AS held_template_id, r.site_id AS held_site_id, r.held_operator_id, r.sourced,
       p.state, r.published_at, timezone('Asia/Shanghai', r.published_at)::DATE AS published_day, r.published_doubt,
       p.first_seen_at, timezone('Asia/Shanghai', p.first_seen_at)::DATE AS first_seen_day,
       coalesce(p.last_seen_at, p.first_seen_at) AS last_seen_at, r.title_body_conflict,
       u.n_mentions, u.n_ambiguous, u.sum_precision, u.n_measured, u.ambiguous,
       coalesce(t.alleged_own, false) AS alleged_own, coalesce(t.alleged_templated, false) AS alleged_templated,
       coalesce(t.claimed, false) AS claimed, t.place, r.article, r.story, r.template, r.site, r.operator, r.exclusive,
       r.site_number, r.template_number, r.operator_number,
       row_number() OVER (ORDER BY u.platform_id NULLS FIRST, r.site_id, r.article_id) AS entry
FROM ranked r
JOIN pages p USING (url)
JOIN subjects u USING (article_id)
LEFT JOIN said t ON t.article_id = r.article_id AND t.platform_id IS NOT DISTINCT FROM u.platform_id
ORDER BY entry;

-- A finding counts once for the article itself, whomever it is attributed to, and once for each subject: a practice
-- for the platform it is attributed to, advice and law for all of them.
INSERT INTO counted_findings BY NAME
WITH found AS (
    SELECT article_id, 'practice' AS kind, practice_id AS finding, platform_id, assertion,
           CASE WHEN assertion = 'alleged' THEN own END AS own
    FROM practices
    UNION ALL BY NAME SELECT article_id, 'tip' AS kind, tip_id AS finding FROM tip_sources
    UNION ALL BY NAME SELECT article_id, 'law' AS kind, law_id AS finding FROM laws
)
SELECT c.entry, k.number, bool_or(f.platform_id IS NOT NULL) AS attributed
FROM found f
JOIN counted_kinds k ON k.kind = f.kind AND k.finding = f.finding
    AND k.assertion IS NOT DISTINCT FROM f.assertion AND k.own IS NOT DISTINCT FROM f.own
JOIN counted c ON c.article_id = f.article_id
WHERE f.kind <> 'practice' OR c.platform_id IS NULL OR c.platform_id = f.platform_id
GROUP BY c.entry, c.platform_id, k.number
ORDER BY c.platform_id NULLS FIRST, k.number, c.entry;

INSERT INTO corpus_counts BY NAME
SELECT (SELECT count(*) FROM pages) AS pages, count(*) AS articles, count(DISTINCT story) AS stories,
       count(DISTINCT template) AS templates, count(DISTINCT site) AS sites, count(DISTINCT operator) AS operators,
       (SELECT count(DISTINCT article) FROM counted WHERE platform_id IS NOT NULL AND alleged_own) AS alleged_own
FROM counted WHERE platform_id IS NULL;
