-- question: which stories fill in this template?
-- $id; $first $size: which of the rows, all of them where $size is NULL
-- columns: article_id (stands for its story), story_id, url, site_id, title, pages, subjects, quoted
-- Which stories are shown is decided in numbers; words are read of those alone.
WITH shown AS MATERIALIZED (
    SELECT story, count(*) AS pages FROM counted
    WHERE held_template_id = $id AND platform_id IS NULL
    GROUP BY story ORDER BY pages DESC, story LIMIT $size::BIGINT OFFSET $first::BIGINT
),
held AS MATERIALIZED (
    SELECT c.article_id, c.story, c.platform_id, s.pages
    FROM counted c JOIN shown s USING (story) WHERE c.held_template_id = $id
),
wanted AS MATERIALIZED (SELECT DISTINCT article_id FROM held),
named AS (
    SELECT story, any_value(pages) AS pages,
           coalesce(list(DISTINCT platform_id ORDER BY platform_id) FILTER (platform_id IS NOT NULL), []) AS subjects
    FROM held GROUP BY story
),
standing AS (
    SELECT h.story,
           min_by(struct_pack(article_id := a.article_id, story_id := a.story_id, url := a.url, site_id := a.site_id,
                              title := a.title), (NOT a.is_representative, a.article_id)) AS a
    FROM articles a JOIN held h USING (article_id)
    WHERE a.article_id IN (FROM wanted) AND h.platform_id IS NULL
    GROUP BY h.story
)
SELECT s.a.article_id AS article_id, s.a.story_id AS story_id, s.a.url AS url, s.a.site_id AS site_id,
       s.a.title AS title, n.pages, n.subjects, true AS quoted
FROM standing s JOIN named n USING (story)
ORDER BY n.pages DESC, story;
