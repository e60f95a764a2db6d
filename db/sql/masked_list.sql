-- The masked view of records: $1, $2 days, $3 carrier, $4 number or null.
SELECT clock_day, record_id, carrier, number, origin, destination, departs,
	seat, bag_count, payment_forms, delete_on
FROM ops.masked_list($1, $2, $3, $4)
