-- question: which pages are about a platform?
-- parameters: $platform: its id
-- columns: url
SELECT DISTINCT a.url
FROM mentions m JOIN articles a USING (article_id)
WHERE m.platform_id = $platform AND m.role = 'subject'
ORDER BY a.url;
