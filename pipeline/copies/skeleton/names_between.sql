-- question: which names stand in the copies of these groups?
-- reads: skeleton_names; parameter: $numbers
SELECT article_id, platform_id, field, char_start, char_end, surface, role, tier, rule
FROM skeleton_names WHERE number IN (SELECT unnest($numbers))
ORDER BY article_id, char_start, char_end DESC, platform_id
