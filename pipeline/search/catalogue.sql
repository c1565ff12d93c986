-- question: what does each current article count as? Read once a snapshot.
-- columns: article (number of its id), story, template, site, operator (numbers of this question's own; 0: unsourced,
--          counts in none); texts of one story stand together, the one that stands for it first
SELECT ('0x' || a.article_id[3:])::UBIGINT AS article,
       dense_rank() OVER (ORDER BY a.story_id) AS story,
       dense_rank() OVER (ORDER BY coalesce(a.template_id, a.story_id)) AS template,
       CASE WHEN a.sourced THEN dense_rank() OVER (ORDER BY a.site_id) ELSE 0 END AS site,
       CASE WHEN a.sourced THEN dense_rank() OVER (ORDER BY coalesce(s.operator_id, a.site_id)) ELSE 0 END AS operator
FROM articles a LEFT JOIN sites s ON s.site_id = a.site_id
WHERE a.is_current
ORDER BY a.story_id, a.is_representative DESC, a.article_id;
