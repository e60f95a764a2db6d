-- What a request found: $1 its id, $2 of its last search alone.
SELECT x.row_nr, (x.t).*, (x.f).*, (x.b).*
FROM ops.search_rows($1, $2) x ORDER BY x.row_nr
