-- question: which masked sentences may be alike?
-- reads: copy_key_bands(band, hash, key_id), copy_keys; parameters: $placed
-- gives: asked, other (key_ids)
-- In a bucket every asked sentence meets the first $placed others, one of each story first: to know that a
-- sentence stands elsewhere it is enough to find one.
WITH ranked AS (
    SELECT b.band, b.hash, b.key_id, k.asked,
           row_number() OVER (PARTITION BY b.band, b.hash, k.story ORDER BY b.key_id) AS in_story
    FROM copy_key_bands b JOIN copy_keys k USING (key_id)
),
ordered AS (
    SELECT *, row_number() OVER (PARTITION BY band, hash ORDER BY in_story, key_id) AS place FROM ranked
)
SELECT DISTINCT a.key_id AS asked, o.key_id AS other
FROM ordered a JOIN ordered o USING (band, hash)
WHERE a.asked AND o.place <= $placed AND a.key_id <> o.key_id
ORDER BY ALL
