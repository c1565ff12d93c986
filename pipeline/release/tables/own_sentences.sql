-- question: where do sentences of the released articles stand that no other story has?
SELECT * FROM own_sentences SEMI JOIN kept_slice USING (article_id) ORDER BY article_id, field DESC, char_start;
