-- question: of which story and template is each article, as texts are joined now?
-- reads: copy_stories; parameters: $threshold
-- gives: article_id, threshold, story, template (numbers of this partition alone), in the order of articles
SELECT article_id, $threshold AS threshold, story,
       CASE WHEN stories_of_cluster > 1 THEN cluster END AS template
FROM copy_stories ORDER BY article_id
