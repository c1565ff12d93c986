-- question: what are the masked sentences with these numbers?
-- reads: copy_keys; parameters: $start, $end (exclusive); gives: key, in the order of key_ids
SELECT key FROM copy_keys WHERE key_id >= $start AND key_id < $end ORDER BY key_id
