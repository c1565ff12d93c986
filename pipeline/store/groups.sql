-- question: how many independent pages, sites and operators stand behind each group?
-- reads: articles, pages, mentions, template_sentences, operator_rows, operator_evidence_rows, site_operators,
--        known_sites
-- calls: earliest_of (earliest.sql)
-- makes: sites, stories, templates, operators, operator_evidence
-- Runs again, unchanged, when a takedown has removed articles: it reads only what is left.
INSERT INTO sites BY NAME
SELECT k.site_id, k.name, k.home_url, k.why, o.operator_id,
       (SELECT count(*) FROM pages p WHERE p.site_id = k.site_id) AS n_pages,
       (SELECT count(*) FROM articles a WHERE a.site_id = k.site_id AND a.is_current) AS n_articles
FROM known_sites k
LEFT JOIN site_operators o USING (site_id)
ORDER BY k.site_id;

INSERT INTO stories BY NAME
SELECT a.story_id,
       coalesce(min(a.article_id) FILTER (a.is_representative),
                min_by(a.article_id, (-a.n_chars, a.article_id))) AS representative_id,
       any_value(a.template_id) AS template_id,
       count(*) FILTER (a.is_current) AS n_articles,
       count(DISTINCT a.site_id) FILTER (a.is_current AND a.sourced) AS n_sites,
       count(DISTINCT coalesce(s.operator_id, a.site_id)) FILTER (a.is_current AND a.sourced) AS n_operators,
       min(a.fetched_at) AS first_seen_at,
       any_value(e.first_published_at) AS first_published_at,
       any_value(e.first_published_doubt) AS first_published_doubt,
       any_value(e.first_article_id) AS first_article_id
FROM articles a LEFT JOIN sites s USING (site_id)
LEFT JOIN earliest_of('articles') e ON e.id = a.story_id
WHERE a.story_id IS NOT NULL
GROUP BY a.story_id ORDER BY a.story_id;

INSERT INTO templates BY NAME
WITH skeletons AS (
    SELECT template_id,
           ltrim(string_agg(CASE WHEN begins_line THEN chr(10) ELSE '' END
                            || CASE WHEN 3 * n_stories >= 2 * n_compared THEN text ELSE '〔' || text || '〕' END,
                            '' ORDER BY ordinal), chr(10)) AS skeleton
    FROM template_sentences GROUP BY template_id
)
SELECT a.template_id,
       coalesce(any_value(k.skeleton), '') AS skeleton,
       count(DISTINCT a.story_id) AS n_stories,
       count(DISTINCT m.platform_id) AS n_platforms,
       count(DISTINCT a.article_id) FILTER (a.is_current) AS n_articles,
       count(DISTINCT a.site_id) FILTER (a.is_current AND a.sourced) AS n_sites,
       min(a.fetched_at) AS first_seen_at,
       any_value(e.first_published_at) AS first_published_at,
       any_value(e.first_published_doubt) AS first_published_doubt,
       any_value(e.first_article_id) AS first_article_id
FROM articles a
LEFT JOIN skeletons k USING (template_id)
LEFT JOIN earliest_of('articles') e ON e.id = a.template_id
LEFT JOIN mentions m ON m.article_id = a.article_id AND m.role = 'subject'
WHERE a.template_id IS NOT NULL
GROUP BY a.template_id ORDER BY a.template_id;

INSERT INTO operators BY NAME
SELECT * FROM operator_rows ORDER BY operator_id;

INSERT INTO operator_evidence BY NAME
SELECT * FROM operator_evidence_rows SEMI JOIN articles USING (article_id)
ORDER BY operator_id, ordinal, site_id;
