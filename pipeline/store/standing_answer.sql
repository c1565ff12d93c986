-- question: what was answered with the snapshot?
-- $question $asked: the filter's name
-- columns: answer
SELECT answer FROM standing_answers WHERE question = $question AND asked = $asked;
