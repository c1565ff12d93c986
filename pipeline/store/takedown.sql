-- question: what is left when the URLs in `taken` are gone?
-- reads: taken(url)
-- changes: every table that names a URL or an article
CREATE TEMP TABLE taken_articles AS SELECT article_id FROM articles SEMI JOIN taken USING (url);
DELETE FROM originals WHERE article_id IN (FROM taken_articles);
DELETE FROM sections WHERE article_id IN (FROM taken_articles);
DELETE FROM edits WHERE article_id IN (FROM taken_articles);
DELETE FROM repair_notes WHERE article_id IN (FROM taken_articles);
DELETE FROM lines_removed WHERE article_id IN (FROM taken_articles);
DELETE FROM mentions WHERE article_id IN (FROM taken_articles);
DELETE FROM practices WHERE article_id IN (FROM taken_articles);
DELETE FROM laws WHERE article_id IN (FROM taken_articles);
DELETE FROM tip_sources WHERE article_id IN (FROM taken_articles);
DELETE FROM articles WHERE article_id IN (FROM taken_articles);
DELETE FROM fingerprints WHERE url IN (FROM taken);
DELETE FROM fetches WHERE url IN (FROM taken);
DELETE FROM drops WHERE url IN (FROM taken);
DELETE FROM pages WHERE url IN (FROM taken);
