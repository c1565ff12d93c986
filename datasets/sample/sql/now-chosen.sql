-- question: which filter is `chosen` made for now?
-- $filter: as text
-- makes: variable chosen_for; whoever changes `chosen` resets it
SET VARIABLE chosen_for = $filter::VARCHAR;
