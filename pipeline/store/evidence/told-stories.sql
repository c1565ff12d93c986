-- question: which stories are told, and by which of their articles?
-- $first $size: which of them, the most telling first, then the most copied
-- reads: claims
-- makes: told_stories: per (see chosen.sql), nth, found (stories in all), article_id (of a story's articles with the
--        most telling finding that which was seen first), pages, sites (of the story, among the chosen), live_pages,
--        published_at, published_doubt, first_seen_at, state
-- Which stories are shown is decided in numbers, before any words are read.
CREATE OR REPLACE TEMP TABLE told_stories AS
WITH stories AS MATERIALIZED (
    SELECT per, story, min(claim) AS claim, count(*) AS pages FROM claims GROUP BY per, story
),
shown AS (
    SELECT *, row_number() OVER (PARTITION BY per ORDER BY claim, pages DESC, story) AS nth
    FROM stories QUALIFY nth <= $first + $size
),
found AS (SELECT per, count(*) AS found FROM stories GROUP BY per)
SELECT s.per, s.nth, any_value(f.found) AS found, count(DISTINCT h.site) AS sites, any_value(s.pages) AS pages,
       count(*) FILTER (h.state = 'live') AS live_pages,
       unnest(min_by(struct_pack(article_id := h.article_id, published_at := h.published_at,
                                 published_doubt := h.published_doubt, first_seen_at := h.first_seen_at,
                                 state := h.state), (h.claim, h.first_seen_at, h.article_id)))
FROM claims h
JOIN shown s ON s.story = h.story AND s.per IS NOT DISTINCT FROM h.per
JOIN found f ON f.per IS NOT DISTINCT FROM h.per
WHERE s.nth > $first
GROUP BY s.per, s.nth;
