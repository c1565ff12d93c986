-- question: which stories, counted over the released articles?
SELECT s.* REPLACE (k.representative_id AS representative_id, k.n_articles AS n_articles, k.n_sites AS n_sites,
                    k.n_operators AS n_operators, k.first_seen_at AS first_seen_at,
                    e.first_published_at AS first_published_at,
                    e.first_published_doubt AS first_published_doubt, e.first_article_id AS first_article_id)
FROM stories s JOIN (
    SELECT story_id, min(article_id) FILTER (stands_for_story) AS representative_id,
           count(*) FILTER (is_current) AS n_articles,
           count(DISTINCT site_id) FILTER (is_current AND sourced) AS n_sites,
           count(DISTINCT operator_id) FILTER (is_current AND sourced) AS n_operators,
           min(fetched_at) AS first_seen_at
    FROM kept_articles GROUP BY story_id
) k USING (story_id)
LEFT JOIN earliest_of('kept_articles') e ON e.id = s.story_id
ORDER BY s.story_id;
