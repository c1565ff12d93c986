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

-- `subjects`: name of a table or view with the columns of platform_subjects; rows without a platform do not count.
-- Pages are folded into stories, these into templates, sites into operators: see reports/levels.sql
CREATE MACRO counts_over(subjects) AS TABLE
WITH told AS (
    SELECT platform_id, story, template, bool_or(alleged_own) AS own, bool_or(alleged_templated) AS templated,
           bool_or(claimed) AS said
    FROM query_table(subjects) WHERE platform_id IS NOT NULL
    GROUP BY platform_id, story, template
),
filled AS (
    SELECT platform_id, template, count(story) AS stories, count(story) FILTER (own) AS own,
           count(story) FILTER (templated) AS templated, count(story) FILTER (said) AS said
    FROM told GROUP BY platform_id, template
),
texts AS (
    SELECT platform_id, sum(stories)::BIGINT AS stories, count(template) AS templates, sum(own)::BIGINT AS own,
           sum(templated)::BIGINT AS templated, sum(said)::BIGINT AS said
    FROM filled GROUP BY platform_id
),
placed AS (
    SELECT platform_id, site, operator, count(*) AS n, bool_or(alleged_own) AS own,
           count(*) FILTER (state = 'live') AS live,
           count(*) FILTER (state IN ('gone', 'soft-404')) AS gone,
           count(*) FILTER (published_at IS NULL) AS undated,
           sum(n_ambiguous) AS n_ambiguous, sum(n_mentions) AS n_mentions,
           sum(sum_precision) AS sum_precision, sum(n_measured) AS n_measured,
           min(first_seen_at) AS earliest, max(last_seen_at) AS latest
    FROM query_table(subjects) WHERE platform_id IS NOT NULL
    GROUP BY platform_id, site, operator
),
run AS (
    SELECT platform_id, operator, count(site) AS sites, sum(n) AS n, bool_or(own) AS own, sum(live) AS live,
           sum(gone) AS gone, sum(undated) AS undated, sum(n_ambiguous) AS n_ambiguous, sum(n_mentions) AS n_mentions,
           sum(sum_precision) AS sum_precision, sum(n_measured) AS n_measured,
           min(earliest) AS earliest, max(latest) AS latest
    FROM placed GROUP BY platform_id, operator
),
behind AS (
    SELECT platform_id, sum(sites)::BIGINT AS sites, count(operator) AS operators, count(operator) FILTER (own) AS own,
           sum(n)::BIGINT AS n, sum(live)::BIGINT AS live, sum(gone)::BIGINT AS gone, sum(undated)::BIGINT AS undated,
           sum(n_ambiguous) / sum(n_mentions) AS ambiguous, sum(sum_precision) / nullif(sum(n_measured), 0) AS precision,
           min(earliest) AS earliest, max(latest) AS latest
    FROM run GROUP BY platform_id
)
SELECT t.platform_id,
       coalesce(p.name, t.platform_id) AS name,
       b.n AS pages,
       t.stories,
       t.templates,
       b.sites,
       b.operators,
       b.live AS live_pages,
       b.gone AS gone_pages,
       b.undated AS undated_pages,
       t.own AS alleged_own_stories,
       b.own AS alleged_own_operators,
       t.templated AS alleged_templated_stories,
       t.said AS claimed_stories,
       round(b.ambiguous, 4)::DOUBLE AS ambiguous_share,
       b.earliest AS first_seen,
       b.latest AS last_seen,
       round(b.precision, 4)::DOUBLE AS rule_precision
FROM texts t JOIN behind b USING (platform_id) LEFT JOIN platforms p USING (platform_id);
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
