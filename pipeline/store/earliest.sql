-- question: which of a story's or template's copies came first, by the dates that their pages give?
-- makes: macro earliest_of(members); `members`: name of a table with article_id, url, story_id, template_id,
--        published_at, published_doubt
-- columns: id (of a story or template), first_published_at, first_published_doubt (where every page with that date
--          is in doubt), first_article_id (NULL in doubt, or where several pages share the date)
-- A date after the page was first seen is impossible and left out.
CREATE OR REPLACE TEMP MACRO earliest_of(members) AS TABLE
WITH dated AS (
    SELECT unnest([story_id, template_id]) AS id, article_id, url, published_at, published_doubt
    FROM query_table(members)
    WHERE published_at IS NOT NULL AND published_doubt IS DISTINCT FROM 'after-seen'
),
earliest AS (
    SELECT * FROM dated WHERE id IS NOT NULL
    QUALIFY rank() OVER (PARTITION BY id ORDER BY published_at) = 1
)
SELECT id,
       min(published_at) AS first_published_at,
       CASE WHEN bool_and(published_doubt IS NOT NULL) THEN min(published_doubt) END AS first_published_doubt,
       CASE WHEN bool_and(published_doubt IS NULL) AND count(DISTINCT url) = 1
            THEN min(article_id) END AS first_article_id
FROM earliest GROUP BY id;
