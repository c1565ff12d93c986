-- question: what do the figures of a report rest on?
-- columns: pages, articles, stories (of the whole corpus); chosen, undated, doubted (by their dates), unsourced,
--          conflicts (articles chosen);
--          alleged_own (articles with an allegation of somebody's own about a subject, in the whole corpus);
--          reviewed (allegations on which people decided, in the whole corpus)
SELECT (SELECT count(*) FROM pages) AS pages,
       (SELECT count(*) FROM counted WHERE platform_id IS NULL) AS articles,
       (SELECT count(DISTINCT story) FROM counted WHERE platform_id IS NULL) AS stories,
       count(*) AS chosen,
       count(*) FILTER (published_at IS NULL) AS undated,
       count(*) FILTER (published_doubt IS NOT NULL) AS doubted,
       count(*) FILTER (NOT sourced) AS unsourced,
       count(*) FILTER (title_body_conflict) AS conflicts,
       (SELECT count(DISTINCT article) FROM counted WHERE platform_id IS NOT NULL AND alleged_own) AS alleged_own,
       (SELECT count(DISTINCT finding_id) FROM reviews
        WHERE assertion = 'alleged' AND verdict <> 'unsure') AS reviewed
FROM chosen WHERE once;
