-- question: which sentences of an article stand in no other story?
-- $id: the article
-- columns: field, char_start, char_end, text
SELECT o.field, o.char_start, o.char_end,
       slice(CASE o.field WHEN 'title' THEN a.title ELSE a.text END, o.char_start, o.char_end) AS text
FROM own_sentences o JOIN articles a USING (article_id)
WHERE o.article_id = $id ORDER BY o.field DESC, o.char_start;
