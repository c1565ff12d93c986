-- question: of which story and cluster is each article?
-- reads: copy_articles, copy_numbered(number, cluster, story, stories_of_cluster, is_representative)
-- makes: copy_stories: the same with the article's id and unit
CREATE OR REPLACE TEMP TABLE copy_stories AS
SELECT a.article_id, a.number, a.unit, n.cluster, n.story, n.stories_of_cluster, n.is_representative
FROM copy_numbered n JOIN copy_articles a USING (number)
ORDER BY a.article_id
