-- question: which current articles hold one of these phrases? For a snapshot without an index.
-- $phrases: list
SELECT ('0x' || a.article_id[3:])::UBIGINT AS article FROM articles a
WHERE a.is_current AND EXISTS (FROM (SELECT unnest($phrases::VARCHAR[]) AS phrase)
                               WHERE contains(a.title, phrase) OR contains(a.text, phrase));
