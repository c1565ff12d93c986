-- question: which templates, counted over the released articles?
-- $quote: longest text of one cell
SELECT t.* REPLACE (left(t.skeleton, $quote) AS skeleton, k.n_stories AS n_stories, k.n_platforms AS n_platforms,
                    k.n_articles AS n_articles, k.n_sites AS n_sites,
                    k.first_seen_at AS first_seen_at, e.first_published_at AS first_published_at,
                    e.first_published_doubt AS first_published_doubt, e.first_article_id AS first_article_id)
FROM templates t JOIN (
    SELECT a.template_id, count(DISTINCT a.story_id) AS n_stories, count(DISTINCT m.platform_id) AS n_platforms,
           count(DISTINCT a.article_id) FILTER (a.is_current) AS n_articles,
           count(DISTINCT a.site_id) FILTER (a.is_current AND a.sourced) AS n_sites,
           min(a.fetched_at) AS first_seen_at
    FROM kept_articles a LEFT JOIN mentions m ON m.article_id = a.article_id AND m.role = 'subject'
    GROUP BY a.template_id
) k USING (template_id)
LEFT JOIN earliest_of('kept_articles') e ON e.id = t.template_id
ORDER BY t.template_id;
