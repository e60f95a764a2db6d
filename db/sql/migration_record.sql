INSERT INTO ops.migration (name, text_hash)
VALUES ($1, sha256(convert_to($2, 'UTF8')))
