-- question: under which registrations does each site stand?
-- reads: part_articles, versions, part_fingerprints; gives: site_id, keyed_hash
SELECT DISTINCT a.site_id, f.keyed_hash
FROM part_fingerprints f
JOIN part_articles a USING (article_id, site_id)
JOIN versions v USING (article_id)
WHERE f.kind = 'icp' AND f.place = 'furniture' AND a.sourced AND v.is_current
ORDER BY ALL
