-- question: what did the parts of this build find?
-- reads: variables part_articles, … (lists of Parquet files), set by the loader
-- makes: one view per table of the parts
CREATE TEMP VIEW part_articles AS SELECT * FROM read_parquet(getvariable('part_articles'));
CREATE TEMP VIEW part_article_pages AS SELECT * FROM read_parquet(getvariable('part_article_pages'));
CREATE TEMP VIEW part_sections AS SELECT * FROM read_parquet(getvariable('part_sections'));
CREATE TEMP VIEW part_edits AS SELECT * FROM read_parquet(getvariable('part_edits'));
CREATE TEMP VIEW part_repair_notes AS SELECT * FROM read_parquet(getvariable('part_repair_notes'));
CREATE TEMP VIEW part_lines_removed AS SELECT * FROM read_parquet(getvariable('part_lines_removed'));
CREATE TEMP VIEW part_originals AS SELECT * FROM read_parquet(getvariable('part_originals'));
CREATE TEMP VIEW part_mentions AS SELECT * FROM read_parquet(getvariable('part_mentions'));
CREATE TEMP VIEW part_practices AS SELECT * FROM read_parquet(getvariable('part_practices'));
CREATE TEMP VIEW part_laws AS SELECT * FROM read_parquet(getvariable('part_laws'));
CREATE TEMP VIEW part_tip_candidates AS SELECT * FROM read_parquet(getvariable('part_tip_candidates'));
CREATE TEMP VIEW part_tip_sources AS SELECT * FROM read_parquet(getvariable('part_tip_sources'));
CREATE TEMP VIEW part_name_hints AS SELECT * FROM read_parquet(getvariable('part_name_hints'));
CREATE TEMP VIEW part_fingerprints AS SELECT * FROM read_parquet(getvariable('part_fingerprints'));
CREATE TEMP VIEW part_drops AS SELECT * FROM read_parquet(getvariable('part_drops'));
CREATE TEMP VIEW part_failures AS SELECT url FROM part_drops WHERE stage IN ('find', 'sign');
CREATE TEMP VIEW part_text_keys AS SELECT * FROM read_parquet(getvariable('part_text_keys'));
CREATE TEMP VIEW part_sentence_keys AS SELECT * FROM read_parquet(getvariable('part_sentence_keys'));
