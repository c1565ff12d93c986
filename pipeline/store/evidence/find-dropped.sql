-- question: why does a known URL have no article?
-- $said
-- columns: url, stage, reason
SELECT url, stage, reason FROM drops WHERE url = $said;
