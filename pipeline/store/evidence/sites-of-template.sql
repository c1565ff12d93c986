-- question: on which sites does a template stand, since when?
-- $id
-- columns: site_id, pages, stories, first_seen_at, first_published_at; the site that was seen first leads
SELECT held_site_id AS site_id, count(*) AS pages, count(DISTINCT story) AS stories,
       min(first_seen_at) AS first_seen_at, min(published_at) AS first_published_at
FROM counted
WHERE held_template_id = $id AND platform_id IS NULL
GROUP BY held_site_id ORDER BY first_seen_at, held_site_id;
