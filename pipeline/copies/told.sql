-- question: which text does each article tell, about whom, and how soon does it stand for its story?
-- reads: copy_articles; gives: unit, about (a number), turn (1 before all others), in the order of article numbers
-- It is about the platforms that are its subjects; where no platform is, about a place (the city that a text
-- without a lender fills in). The longest current text stands for its story, then the smallest id: no time
-- decides, so that a run that was killed and repeated says the same.
SELECT unit, dense_rank() OVER (ORDER BY about) AS about,
       row_number() OVER (ORDER BY is_current DESC, n_chars DESC, number) AS turn
FROM (
    SELECT *, CASE WHEN len(subjects) > 0 THEN array_to_string(subjects, ' ') ELSE concat('@', place) END AS about
    FROM copy_articles
)
ORDER BY number
