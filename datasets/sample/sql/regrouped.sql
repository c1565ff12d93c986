-- question: how would the chosen articles be counted, were their texts joined at another threshold?
-- $threshold: loose | strict
-- makes: chosen again; stories and templates are those of that threshold. An article that has none there
-- was not compared, and stays as it is.
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT c.* REPLACE (coalesce('story ' || t.story, c.story_id) AS story_id,
                    coalesce('template ' || t.template, 'story ' || t.story, c.template_id) AS template_id)
FROM chosen c
LEFT JOIN (FROM article_thresholds WHERE threshold = $threshold) t USING (article_id)
