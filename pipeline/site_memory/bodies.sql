-- question: what is each page's own text, by which pages of a site can be told apart?
-- parameters: $edge_start, $edge_end: lines; $least: pages
-- reads: memory_lines; gives: article_id, url, site_id, body
-- Lines at an edge that other pages have too are left out: they may be the furniture that is looked for.
-- Sites on which no line recurs at all are left out as well.
SELECT article_id, url, site_id,
       coalesce(string_agg(text, '' ORDER BY ordinal) FILTER (
           WHERE NOT ((from_start <= $edge_start OR from_end <= $edge_end) AND pages >= $least)
       ), '') AS body
FROM memory_lines
WHERE site_id IN (SELECT site_id FROM memory_lines WHERE pages >= $least)
GROUP BY article_id, url, site_id
ORDER BY site_id, article_id
