-- question: by which rules are mentions admitted, and what were these worth?
SELECT * FROM mention_rules ORDER BY rule;
