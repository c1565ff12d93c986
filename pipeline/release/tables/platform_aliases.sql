-- question: under which surfaces is a platform named?
-- $named_only: true leaves out platforms that no released article names
SELECT * FROM platform_aliases
WHERE NOT $named_only OR platform_id IN (SELECT platform_id FROM mentions SEMI JOIN kept_articles USING (article_id))
ORDER BY platform_id, alias, tier;
