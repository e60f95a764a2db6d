-- How many of those travellers live profiles hit as well.
SELECT h.source, count(*)
FROM pax.shadow s
JOIN pax.hit h ON h.clock_day = s.clock_day AND h.flight_id = s.flight_id
	AND h.traveller_id = s.traveller_id
WHERE s.source = $1 AND s.clock_day >= $2 AND h.kind = 0 AND h.state = 'open'
GROUP BY h.source
ORDER BY count(*) DESC, h.source COLLATE "C"
