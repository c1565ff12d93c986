-- question: which text does each article tell, about whom, and how soon does it stand for its story?
-- reads: copy_articles
-- gives: unit, digest (16 hex of the normal form as a number), about (a number), named (1: about a platform), turn (1
--        before all others), in the order of article numbers
-- It is about the platforms that are its subjects; where no platform is, about a place (the city that a text
-- without a lender fills in). The longest current text stands for its story, then the smallest id: no time
-- decides, so that a run that was killed and repeated says the same.
SELECT unit, concat('0x', right(normal_sha256, 16))::UBIGINT AS digest, dense_rank() OVER (ORDER BY about) AS about,
       (len(subjects) > 0)::INTEGER AS named,
       row_number() OVER (ORDER BY is_current DESC, n_chars DESC, number) AS turn
FROM (
    SELECT *, CASE WHEN len(subjects) > 0 THEN array_to_string(subjects, ' ') ELSE concat('@', place) END AS about
    FROM copy_articles
)
ORDER BY number
