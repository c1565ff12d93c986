-- question: the same, under the articles' ids?
-- reads: copy_own, copy_articles; makes: copy_sentence_own, a view
CREATE OR REPLACE TEMP VIEW copy_sentence_own AS
SELECT a.article_id, o.ordinal, CASE WHEN o.in_text THEN 'text' ELSE 'title' END AS field,
       o.char_start, o.char_end, o.own
FROM copy_own o JOIN copy_articles a USING (number);
