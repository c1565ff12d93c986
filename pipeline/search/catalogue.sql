-- question: what does each current article count as? Read once a snapshot.
-- columns: article (number of its id), story, template, site, operator (numbers of `counted`; 0: unsourced, counts in
--          none); texts of one story stand together, the one that stands for it first
SELECT ('0x' || c.article_id[3:])::UBIGINT AS article, coalesce(c.story, 0) AS story, coalesce(c.template, 0) AS template,
       coalesce(c.site, 0) AS site, coalesce(c.operator, 0) AS operator
FROM counted c JOIN articles a USING (article_id)
WHERE c.platform_id IS NULL
ORDER BY c.story_id, a.is_representative DESC, c.article_id;
