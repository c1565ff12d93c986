-- question: which units are stitched together, and from which clusters?
-- reads: copy_stitched; gives: unit, cluster, in the order of both
SELECT unit, first AS cluster FROM copy_stitched UNION SELECT unit, second FROM copy_stitched ORDER BY ALL
