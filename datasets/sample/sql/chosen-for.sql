-- question: which filter was `chosen` made for in this connection?
-- columns: filter; NULL where somebody changed `chosen` since
SELECT getvariable('chosen_for') AS filter;
