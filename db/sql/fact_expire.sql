DELETE FROM pax.fact WHERE delete_on <= $1
