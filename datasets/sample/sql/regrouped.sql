-- question: how would the chosen articles be counted, were their texts joined at another threshold?
-- $threshold: loose | strict
-- reads: chosen_as_kept
-- makes: regrouped; stories and templates are those of that threshold. An article that has none there was not
-- compared, and stays as it is: numbers that are even, odd and negative never meet.
CREATE OR REPLACE TEMP TABLE regrouped AS
SELECT c.* REPLACE (coalesce(2 * t.story, -c.story) AS story,
                    coalesce(2 * t.template, 2 * t.story + 1, -c.template) AS template)
FROM chosen_as_kept c
LEFT JOIN (FROM article_thresholds WHERE threshold = $threshold) t USING (article_id);
