-- question: what is known of one article?
-- $id
-- columns: those of articles, state of its page, operator of its site, where its response is archived and by which run,
--          subjects
SELECT a.*, p.state, p.first_seen_at, p.last_seen_at, s.operator_id, f.warc_file, f.warc_offset, f.http_status,
       f.run_id,
       (SELECT coalesce(list(DISTINCT m.platform_id ORDER BY m.platform_id), []) FROM mentions m
        WHERE m.article_id = $id AND m.role = 'subject') AS subjects
FROM articles a
LEFT JOIN pages p USING (url)
LEFT JOIN sites s ON s.site_id = a.site_id
LEFT JOIN fetches f ON f.fetch_id = a.fetch_id
WHERE a.article_id = $id;
