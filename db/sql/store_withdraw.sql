-- Hits of screened travellers ($1 day, $2 flights, $3 travellers) that are not
-- among the batch's hits ($4) any more. Their evidence stays. Both forms keep the
-- plan from a loop within a loop, a millisecond a hit where thousands come: the
-- day comes with the keys, so that each of them is looked up in the primary key
-- (of a partition that is new, the planner believes that the day has few hits);
-- and NOT IN is looked up in a hash, which NOT EXISTS is not.
UPDATE pax.hit_:day h
SET state = 'withdrawn'
FROM (SELECT $1::date AS clock_day, u.flight_id, u.traveller_id
	FROM unnest($2::bigint[], $3::bigint[]) AS u(flight_id, traveller_id)
	OFFSET 0) c
WHERE h.clock_day = c.clock_day AND h.flight_id = c.flight_id
	AND h.traveller_id = c.traveller_id AND h.state = 'open'
	AND (h.flight_id, h.traveller_id, h.kind, h.source) NOT IN (
		SELECT n.flight_id, n.traveller_id, n.kind, n.source
		FROM unnest($4::pax.hit[]) n)
