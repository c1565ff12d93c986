-- question: which articles does a filter let through?
-- reads: chosen (reports.py)
SELECT ('0x' || article_id[3:])::UBIGINT AS article FROM chosen WHERE once;
