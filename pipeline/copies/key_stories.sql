-- question: which story tells each key, and is it asked about?
-- reads: copy_keys; gives: key_hash, story, asked (0 or 1), in the order of key_ids
SELECT key_hash, story, asked::INTEGER AS asked FROM copy_keys ORDER BY key_id
