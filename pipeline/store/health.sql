-- question: were a site's newest pages read as well as the ones before?
-- $recent: so many pages are enough for "newest": whole crawl runs are taken back from the last one
-- columns: site_id, pages (newest), dropped (of these), confidence (mean of their articles),
--          shifted (share of the newest articles that are built otherwise), field (in which this shows)
WITH fates AS (
    SELECT f.site_id, f.run_id, r.started_at, a.article_id IS NOT NULL AS is_article, a.confidence,
           a.title_source, a.published_source, a.author_source, a.category_source, a.encoding
    FROM fetches f
    JOIN runs r ON r.run_id = f.run_id AND r.kind = 'crawl'
    LEFT JOIN articles a ON a.fetch_id = f.fetch_id
    LEFT JOIN drops d ON d.url = f.url
    WHERE f.outcome = 'new'
      AND (a.article_id IS NOT NULL OR d.stage IN ('read', 'article') AND d.reason <> 'continuation')
),
runs_of_site AS (
    SELECT site_id, run_id, count(*) AS pages,
           sum(pages) OVER (PARTITION BY site_id ORDER BY max(started_at) DESC, run_id) - pages AS newer
    FROM fates GROUP BY site_id, run_id
),
placed AS (
    SELECT f.*, s.newer < $recent::BIGINT AS is_recent FROM fates f JOIN runs_of_site s USING (site_id, run_id)
),
fields AS (
    SELECT site_id, is_recent, field, said
    FROM (SELECT site_id, is_recent, title_source, published_source, author_source, category_source, encoding
          FROM placed WHERE is_article)
    UNPIVOT INCLUDE NULLS
        (said FOR field IN (title_source, published_source, author_source, category_source, encoding))
),
shares AS (
    SELECT site_id, field, said,
           count(*) FILTER (WHERE is_recent) / any_value(recent) AS now,
           count(*) FILTER (WHERE NOT is_recent) / any_value(earlier) AS before
    FROM fields
    JOIN (SELECT site_id, field, count(*) FILTER (WHERE is_recent) AS recent,
                 count(*) FILTER (WHERE NOT is_recent) AS earlier
          FROM fields GROUP BY ALL HAVING recent >= $recent::BIGINT / 2 AND earlier >= $recent::BIGINT / 2)
    USING (site_id, field)
    GROUP BY site_id, field, said
),
shifts AS (
    SELECT site_id, max(distance) AS shifted, arg_max(field, distance) AS field
    FROM (SELECT site_id, field, sum(abs(now - before)) / 2 AS distance FROM shares GROUP BY ALL)
    GROUP BY site_id
)
SELECT site_id, count(*) AS pages, count(*) FILTER (WHERE NOT is_article) AS dropped,
       avg(confidence) AS confidence, any_value(shifted) AS shifted, any_value(shifts.field) AS field
FROM placed LEFT JOIN shifts USING (site_id)
WHERE is_recent
GROUP BY site_id ORDER BY site_id;
