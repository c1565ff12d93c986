-- question: which findings did a person strike?
-- Of pages that are not released only those that are no article any more.
SELECT * FROM corrections
WHERE article_id IN (SELECT article_id FROM kept_articles) OR article_id NOT IN (SELECT article_id FROM articles)
ORDER BY finding_id, "at";
