-- question: which pages carry a fingerprint that another site of this operator carries, too?
-- $id
-- columns: article_id, url, site_id, kind, quoted; one page a site and kind, no value and no hash
WITH held AS (
    SELECT f.* FROM fingerprints f JOIN sites s USING (site_id) WHERE s.operator_id = $id
),
shared AS (
    SELECT kind, keyed_hash FROM held GROUP BY ALL HAVING count(DISTINCT site_id) > 1
)
SELECT min_by(h.article_id, (h.url, h.article_id)) AS article_id, min(h.url) AS url, h.site_id, h.kind,
       false AS quoted
FROM held h SEMI JOIN shared USING (kind, keyed_hash)
JOIN articles a ON a.article_id = h.article_id
GROUP BY h.site_id, h.kind ORDER BY h.kind, h.site_id;
