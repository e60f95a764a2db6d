-- The slices that the flight's travellers are made of.
SELECT * FROM pax.slice_:day
WHERE clock_day = $1 AND flight_id = $2 AND slice_hash IN (
	SELECT unnest(ARRAY[pnr_header, pnr_slice, api_header, api_slice])
	FROM pax.traveller_:day
	WHERE clock_day = $1 AND flight_id = $2)
ORDER BY slice_hash
