-- question: what was answered with the snapshot?
-- $questions, $asked: lists of the same length, each question with the name of its filter
-- columns: question, answer
SELECT question, answer
FROM standing_answers SEMI JOIN (SELECT unnest($questions::VARCHAR[]) AS question, unnest($asked::VARCHAR[]) AS asked)
    USING (question, asked);
