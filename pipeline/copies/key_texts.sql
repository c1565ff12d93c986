-- question: what are the masked sentences that have a number?
-- reads: copy_keys, part_sentence_keys; gives: key_id, key, in no order
SELECT DISTINCT k.key_id, s.key FROM part_sentence_keys s JOIN copy_keys k USING (key_hash)
