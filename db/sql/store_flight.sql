UPDATE pax.flight_:day f
SET version = r.version, carrier = r.carrier, number = r.number,
	origin = r.origin, destination = r.destination,
	departs = r.departs, arrives = r.arrives,
	last_sent_at = r.last_sent_at, mask_on = r.mask_on,
	delete_on = r.delete_on, regime = r.regime,
	link = r.link
FROM unnest($1::pax.flight[]) r
WHERE f.clock_day = r.clock_day AND f.flight_id = r.flight_id
	AND f.version = $2
