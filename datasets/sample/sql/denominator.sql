-- question: what do the figures of a report rest on?
-- columns: per (NULL in the row of all articles together, which is there even if there are none); pages, articles, stories (of the whole corpus); chosen, undated, doubted (by their dates), unsourced,
--          conflicts (articles chosen);
--          alleged_own (articles with an allegation of somebody's own about a subject, in the whole corpus);
--          reviewed (allegations on which people decided, in the whole corpus)
SELECT per, (SELECT pages FROM corpus_counts) AS pages,
       (SELECT articles FROM corpus_counts) AS articles,
       (SELECT stories FROM corpus_counts) AS stories,
       count(*) AS chosen,
       count(*) FILTER (published_at IS NULL) AS undated,
       count(*) FILTER (published_doubt IS NOT NULL) AS doubted,
       count(*) FILTER (NOT sourced) AS unsourced,
       count(*) FILTER (title_body_conflict) AS conflicts,
       (SELECT alleged_own FROM corpus_counts) AS alleged_own,
       (SELECT count(DISTINCT finding_id) FROM reviews
        WHERE assertion = 'alleged' AND verdict <> 'unsure') AS reviewed
FROM chosen WHERE once
GROUP BY GROUPING SETS ((per), ()) HAVING (grouping(per) = 0) = (per IS NOT NULL);
