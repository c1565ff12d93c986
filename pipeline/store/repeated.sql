-- question: which other texts belong to the stories and templates of the articles in `taken`?
-- reads: taken(url)
-- columns: url, text, other_url, other_text
WITH gone AS (SELECT * FROM articles SEMI JOIN taken USING (url) WHERE is_current)
SELECT g.url, g.text, o.url AS other_url, o.text AS other_text
FROM gone g JOIN articles o
  ON o.story_id = g.story_id OR o.template_id = g.template_id
WHERE o.is_current AND o.url NOT IN (SELECT url FROM taken)
ORDER BY g.url, o.url;
