INSERT INTO pax.masked_record SELECT * FROM unnest($1::pax.masked_record[])
