-- question: what is filled into the slots of a template, by how many of the compared stories?
-- $id
-- columns: slot, type, n_places, n_stories, n_fillers, fillers (the most frequent first; each with where it stands)
WITH filled AS (
    SELECT slot, type, n_places, coalesce(platform_id, surface) AS value, platform_id,
           min(surface) AS surface, count(*) AS n_stories, count(DISTINCT a.site_id) AS n_sites,
           min_by(struct_pack(article_id := f.article_id, field := f.field, char_start := f.char_start,
                              char_end := f.char_end, url := a.url), f.article_id) AS first
    FROM slot_fillers f JOIN articles a USING (article_id)
    WHERE f.template_id = $id
    GROUP BY slot, type, n_places, value, platform_id
)
SELECT slot, type, n_places, sum(n_stories)::BIGINT AS n_stories, count(*) AS n_fillers,
       list(struct_pack(surface := surface, platform_id := platform_id, n_stories := n_stories,
                        n_sites := n_sites, article_id := first.article_id, field := first.field,
                        char_start := first.char_start, char_end := first.char_end, url := first.url)
            ORDER BY n_stories DESC, surface) AS fillers
FROM filled GROUP BY slot, type, n_places
ORDER BY type <> 'platform', n_places DESC, slot;
