-- All that happened to profile $1: when, what, and in words.
SELECT committed_at AS at, 'committed' AS event,
	'revision ' || revision || ' by ' || author || ', '
	|| left(encode(text_hash, 'hex'), 16) AS detail, actor
FROM ops.profile_revision WHERE name = $1
UNION ALL
SELECT a.recorded_at, 'approved', 'revision ' || r.revision || ' by '
	|| a.approver || ', signed '
	|| to_char(a.signed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), a.actor
FROM ops.profile_approval a JOIN ops.profile_revision r USING (text_hash)
WHERE r.name = $1
UNION ALL
SELECT d.tested_at, CASE WHEN d.passed THEN 'tested' ELSE 'failed' END,
	'revision ' || r.revision || ', disparity of ' || d.first_day || ' to '
	|| d.last_day || ': ' || d.note, d.actor
FROM ops.profile_disparity d JOIN ops.profile_revision r USING (text_hash)
WHERE r.name = $1
UNION ALL
SELECT s.made_at, i.state, 'revision ' || i.revision || ', version '
	|| i.version || coalesce(': ' || i.why, '') || coalesce((
		SELECT ' (from ' || min(x.effective_at AT TIME ZONE 'UTC')
			::timestamp(0) || ' on ' || count(*) || ' partitions)'
		FROM ops.profile_effect x WHERE x.version = i.version
		HAVING count(*) > 0), ''), s.actor
FROM (
	SELECT version, revision, state, why,
		lag(state) OVER w IS DISTINCT FROM state
		OR lag(text_hash) OVER w IS DISTINCT FROM text_hash AS is_new
	FROM ops.profile_item WHERE kind = 0 AND name = $1
	WINDOW w AS (ORDER BY version)) i
JOIN ops.profile_set s ON s.version = i.version
WHERE i.is_new
ORDER BY 1, 2
