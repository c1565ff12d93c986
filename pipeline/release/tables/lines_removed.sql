-- question: which lines of the released pages are not in their articles, and why?
SELECT * FROM lines_removed SEMI JOIN kept_slice USING (article_id) ORDER BY article_id, ordinal, reason;
