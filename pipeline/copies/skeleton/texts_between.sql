-- question: what do the copies of these groups say?
-- reads: skeleton_texts; parameters: $start, $end (exclusive)
SELECT number, held, template_id, article_id, title, text, stands, is_known
FROM skeleton_texts WHERE number >= $start AND number < $end ORDER BY number, stands DESC, place
