-- question: which articles does a filter let through?
-- reads: chosen (reports/chosen.sql)
SELECT DISTINCT ('0x' || article_id[3:])::UBIGINT AS article FROM chosen;
