SELECT authority, kind, name, country, parent, valid_from, valid_until
FROM ops.authority
ORDER BY authority
