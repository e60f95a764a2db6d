INSERT INTO pax.evidence_:day
SELECT * FROM unnest($1::pax.evidence[])
ON CONFLICT (clock_day, flight_id, hit_id) DO UPDATE
SET sealed = excluded.sealed, mask_on = excluded.mask_on,
	delete_on = excluded.delete_on
