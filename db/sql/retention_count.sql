-- All that a closed day has: ids of its travellers, and how much else.
SELECT coalesce((SELECT array_agg(traveller_id)
		FROM pax.closed_traveller_:day), '{}'::bigint[]),
	(SELECT count(*) FROM pax.closed_slice_:day),
	(SELECT count(*) FROM pax.closed_hit_:day)
