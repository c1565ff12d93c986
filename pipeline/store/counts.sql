-- question: how is each platform named, at five levels, and what is alleged of it?
-- makes: views platform_subjects and platform_counts, macros counts_over and slice
-- Over current articles in which the platform is subject. A story without a template counts as its own
-- template, a site without an operator as its own operator; unsourced pages count in no site and operator.
CREATE MACRO slice(value, char_start, char_end) AS substring(value, char_start + 1, char_end - char_start);
COMMENT ON MACRO slice IS 'the surface of a span: code points, 0-based, end exclusive';

CREATE VIEW platform_subjects AS
SELECT platform_id, article_id, url, story_id, template_id, published_at, site_id, operator_id, state, first_seen_at,
       last_seen_at, n_mentions, n_ambiguous, sum_precision, n_measured, alleged_own, alleged_templated, claimed,
       article, story, template, site, operator
FROM counted WHERE platform_id IS NOT NULL;
COMMENT ON VIEW platform_subjects IS 'current articles by the platforms that are their subject: what platform_counts counts';

-- `subjects`: name of a table or view with the columns of platform_subjects; rows without a platform do not count
CREATE MACRO counts_over(subjects) AS TABLE
SELECT s.platform_id,
       coalesce(any_value(p.name), s.platform_id) AS name,
       count(*) AS pages,
       count(DISTINCT s.story) AS stories,
       count(DISTINCT s.template) AS templates,
       count(DISTINCT s.site) AS sites,
       count(DISTINCT s.operator) AS operators,
       count(*) FILTER (s.state = 'live') AS live_pages,
       count(*) FILTER (s.state IN ('gone', 'soft-404')) AS gone_pages,
       count(*) FILTER (s.published_at IS NULL) AS undated_pages,
       count(DISTINCT s.story) FILTER (s.alleged_own) AS alleged_own_stories,
       count(DISTINCT s.operator) FILTER (s.alleged_own) AS alleged_own_operators,
       count(DISTINCT s.story) FILTER (s.alleged_templated) AS alleged_templated_stories,
       count(DISTINCT s.story) FILTER (s.claimed) AS claimed_stories,
       round(sum(s.n_ambiguous) / sum(s.n_mentions), 4)::DOUBLE AS ambiguous_share,
       min(s.first_seen_at) AS first_seen,
       max(s.last_seen_at) AS last_seen,
       round(sum(s.sum_precision) / nullif(sum(s.n_measured), 0), 4)::DOUBLE AS rule_precision
FROM (FROM query_table(subjects) WHERE platform_id IS NOT NULL) s
LEFT JOIN platforms p USING (platform_id)
GROUP BY s.platform_id;
COMMENT ON MACRO TABLE counts_over IS 'the counts of platform_counts over other articles';

CREATE VIEW platform_counts AS FROM counts_over('platform_subjects');
COMMENT ON VIEW platform_counts IS 'named in: five levels per platform, over current articles in which it is subject';
COMMENT ON COLUMN platform_counts.platform_id IS 'platform';
COMMENT ON COLUMN platform_counts.name IS 'its name';
COMMENT ON COLUMN platform_counts.pages IS 'distinct URLs';
COMMENT ON COLUMN platform_counts.stories IS 'stories';
COMMENT ON COLUMN platform_counts.templates IS 'templates; a story without one counts as its own';
COMMENT ON COLUMN platform_counts.sites IS 'sites; unsourced pages count in none';
COMMENT ON COLUMN platform_counts.operators IS 'operators; a site without one counts as its own';
COMMENT ON COLUMN platform_counts.live_pages IS 'pages that still answer';
COMMENT ON COLUMN platform_counts.gone_pages IS 'pages that answered 404, 410 or a soft 404 when last asked';
COMMENT ON COLUMN platform_counts.undated_pages IS 'pages whose article gives no date';
COMMENT ON COLUMN platform_counts.alleged_own_stories IS 'stories in which somebody reports it, in a sentence that stands with no other platform';
COMMENT ON COLUMN platform_counts.alleged_own_operators IS 'operators behind those stories';
COMMENT ON COLUMN platform_counts.alleged_templated_stories IS 'stories whose allegation stands with other names elsewhere: nobody''s';
COMMENT ON COLUMN platform_counts.claimed_stories IS 'stories that say the platform may do it; never added to allegations';
COMMENT ON COLUMN platform_counts.ambiguous_share IS 'share of its mentions as subject that rest on an ambiguous alias (tiers B, C, D)';
COMMENT ON COLUMN platform_counts.first_seen IS 'earliest fetch of these pages, UTC';
COMMENT ON COLUMN platform_counts.last_seen IS 'latest time one of them answered, UTC';
COMMENT ON COLUMN platform_counts.rule_precision IS 'measured precision of the rules that admitted these mentions, their mean; see mention_rules';
COMMENT ON COLUMN platform_subjects.platform_id IS 'platform';
COMMENT ON COLUMN platform_subjects.article_id IS 'article';
COMMENT ON COLUMN platform_subjects.url IS 'its page';
COMMENT ON COLUMN platform_subjects.story_id IS 'its story';
COMMENT ON COLUMN platform_subjects.template_id IS 'its template, else its story';
COMMENT ON COLUMN platform_subjects.published_at IS 'as the page says, UTC';
COMMENT ON COLUMN platform_subjects.site_id IS 'its site; NULL where unsourced';
COMMENT ON COLUMN platform_subjects.operator_id IS 'its operator, else its site; NULL where unsourced';
COMMENT ON COLUMN platform_subjects.state IS 'state of the page';
COMMENT ON COLUMN platform_subjects.first_seen_at IS 'earliest fetch, UTC';
COMMENT ON COLUMN platform_subjects.last_seen_at IS 'last time it answered, UTC';
COMMENT ON COLUMN platform_subjects.n_mentions IS 'its mentions there';
COMMENT ON COLUMN platform_subjects.n_ambiguous IS 'of these, on an ambiguous alias (tiers B, C, D)';
COMMENT ON COLUMN platform_subjects.sum_precision IS 'sum of the measured precision of their rules';
COMMENT ON COLUMN platform_subjects.n_measured IS 'mentions whose rule was measured';
COMMENT ON COLUMN platform_subjects.alleged_own IS 'somebody of his own alleges something of it there';
COMMENT ON COLUMN platform_subjects.alleged_templated IS 'a template alleges something of it there';
COMMENT ON COLUMN platform_subjects.claimed IS 'the article claims that it may do something';
COMMENT ON COLUMN platform_subjects.article IS 'number of the article, in this snapshot only';
COMMENT ON COLUMN platform_subjects.story IS 'number of its story';
COMMENT ON COLUMN platform_subjects.template IS 'number of its template, else of its story';
COMMENT ON COLUMN platform_subjects.site IS 'number of its site; NULL where unsourced';
COMMENT ON COLUMN platform_subjects.operator IS 'number of its operator, else of its site; NULL where unsourced';
