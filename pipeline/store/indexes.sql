-- question: how are the texts of a few articles found without reading all texts?
-- makes: the only indexes of the store. A text in the middle of a column is read with the two thousand around it
--        unless an index says where it is; 50 of 100,000 articles then cost as much as all of them.
CREATE INDEX articles_by_id ON articles (article_id);
CREATE INDEX originals_by_id ON originals (article_id);
