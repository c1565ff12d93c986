-- question: how does each compared story word the sentences of a template?
-- $id
-- columns: ordinal, article_id, story_id, site_id, url, char_start, char_end, text, is_moved
WITH held AS (FROM template_versions WHERE template_id = $id),
said AS (FROM articles WHERE article_id IN (SELECT article_id FROM held))  -- by its index
SELECT v.ordinal, v.article_id, a.story_id, a.site_id, a.url, v.char_start, v.char_end,
       slice(a.text, v.char_start, v.char_end) AS text, v.is_moved
FROM held v JOIN said a USING (article_id)
ORDER BY v.ordinal, a.story_id, v.article_id;
