/*
 * sql.h - the texts of db/sql/, built into the binary
 *
 * tools/dev/embed_sql.sh makes one text of each file: db/sql/store_hit.sql is
 * sql_store_hit. A text with `:day` in it names a day's partition; db/pg.h
 * puts the day there (psql -v day=20261122 does the same). Static, read-only.
 */
#ifndef DB_SQL_H
#define DB_SQL_H

/* NNNN_name.sql, in order; the row after the last has no name. */
struct migration {
	const char *name, *sql;
};

extern const struct migration migrations[];

extern const char sql_0001_schema[];
extern const char sql_0002_hit_inputs[];
extern const char sql_0003_outbox[];
extern const char sql_0004_quality[];
extern const char sql_0005_series[];
extern const char sql_0006_profiles[];
extern const char sql_0008_audit[];
extern const char sql_0008_audit_expire[];
extern const char sql_0010_review[];
extern const char sql_0010_review_steps[];
extern const char sql_0010_roles[];
extern const char sql_0010_statistics[];
extern const char sql_0013_requests[];
extern const char sql_0013_requests_answers[];
extern const char sql_0013_requests_steps[];
extern const char sql_0013_requests_unmask[];
extern const char sql_0013_roles_requests[];
/* db/request_read.c, db/request_search.c */
extern const char sql_request_list[];
extern const char sql_request_steps[];
extern const char sql_transfer_list[];
extern const char sql_search_rows[];
/* db/unmask.c */
extern const char sql_masked_list[];
extern const char sql_dpo_tasks[];
/* db/statistics.c */
extern const char sql_query_statistics[];
/* db/access.c */
extern const char sql_query_access[];
extern const char sql_access_missing[];
/* db/review.c */
extern const char sql_review_take[];
extern const char sql_review_decide[];
extern const char sql_review_refer[];
extern const char sql_review_reopen[];
extern const char sql_0014_second[];
extern const char sql_review_seconds[];
extern const char sql_review_second_waits[];
extern const char sql_review_steps[];
extern const char sql_review_next[];
/* db/migrate.c */
extern const char sql_migration_table[];
extern const char sql_migration_status[];
extern const char sql_migration_record[];
/* db/load.c */
extern const char sql_load_clock[];
extern const char sql_load_flight[];
extern const char sql_load_traveller[];
extern const char sql_load_slice[];
extern const char sql_load_offset[];
extern const char sql_load_offset_seen[];
/* db/fact.c */
extern const char sql_load_facts[];
extern const char sql_fact_expire[];
/* db/store.c */
extern const char sql_store_flight_new[];
extern const char sql_store_flight[];
extern const char sql_store_slice[];
extern const char sql_store_booking[];
extern const char sql_store_traveller[];
extern const char sql_store_removed[];
extern const char sql_store_hit[];
extern const char sql_store_announce[];
extern const char sql_store_withdraw[];
extern const char sql_store_evidence[];
extern const char sql_store_shadow[];
extern const char sql_store_unshadow[];
extern const char sql_store_fact[];
extern const char sql_store_quarantine[];
extern const char sql_store_counter[];
extern const char sql_store_offset[];
extern const char sql_store_outbox[];
extern const char sql_store_series[];
extern const char sql_store_missing[];
extern const char sql_store_retried[];
/* db/series.c */
extern const char sql_series_due[];
extern const char sql_series_asked[];
/* db/outbox.c */
extern const char sql_outbox_take[];
extern const char sql_outbox_sent[];
extern const char sql_outbox_left[];
/* db/audit.c */
extern const char sql_audit_open[];
extern const char sql_audit_append[];
/* db/audit_read.c */
extern const char sql_audit_heads[];
extern const char sql_audit_checkpoints[];
extern const char sql_audit_last_checkpoint[];
extern const char sql_audit_checkpoint_put[];
extern const char sql_audit_page[];
extern const char sql_audit_about[];
/* db/audit_expire.c */
extern const char sql_audit_expire[];
/* db/registers.c */
extern const char sql_authority_add[];
extern const char sql_authority_end[];
extern const char sql_authority_list[];
extern const char sql_account_add[];
extern const char sql_account_end[];
extern const char sql_account_list[];
/* db/retention.c */
extern const char sql_retention_days[];
extern const char sql_retention_people[];
extern const char sql_0014_retention[];
extern const char sql_0014_results[];
extern const char sql_retention_state[];
extern const char sql_retention_replayed[];
extern const char sql_retention_count[];
extern const char sql_retention_kept[];
extern const char sql_retention_kept_hits[];
extern const char sql_retention_kept_reviews[];
extern const char sql_retention_kept_addenda[];
extern const char sql_retention_store[];
extern const char sql_retention_links[];
extern const char sql_retention_settled[];
extern const char sql_retention_done[];
extern const char sql_retention_lapsed[];
extern const char sql_retention_erase[];
extern const char sql_retention_traces[];
/* db/subject.c, subject_read.c */
extern const char sql_0014_subject[];
extern const char sql_0014_subject_acts[];
extern const char sql_0014_subject_figures[];
extern const char sql_subject_find[];
extern const char sql_subject_hits[];
extern const char sql_subject_addenda[];
extern const char sql_subject_slices[];
extern const char sql_subject_told[];
extern const char sql_subject_list[];
extern const char sql_subject_refusal[];
/* db/backup.c */
extern const char sql_0014_restore[];
extern const char sql_backup_state[];
/* db/link.c */
extern const char sql_link_list[];
/* db/query.c */
extern const char sql_query_hits[];
extern const char sql_query_hit[];
extern const char sql_query_evidence[];
extern const char sql_query_quarantine[];
extern const char sql_query_flights[];
/* db/false_match.c */
extern const char sql_false_match_add[];
extern const char sql_false_match_lift[];
extern const char sql_query_false_match[];
/* db/query_replay.c */
extern const char sql_query_replay[];
/* db/query_carriers.c */
extern const char sql_query_carriers[];
extern const char sql_query_quality[];
extern const char sql_query_series[];
extern const char sql_query_metrics[];
/* db/profiles.c */
extern const char sql_profiles_newest[];
extern const char sql_profiles_of_hash[];
extern const char sql_profiles_read[];
extern const char sql_profiles_lock[];
extern const char sql_profiles_add_text[];
extern const char sql_profiles_add_set[];
extern const char sql_profiles_add_item[];
extern const char sql_profiles_add_revision[];
extern const char sql_profiles_reviewed[];
extern const char sql_profiles_revision[];
extern const char sql_profiles_add_approval[];
extern const char sql_profiles_approvals[];
extern const char sql_profiles_disparity[];
extern const char sql_profiles_take[];
extern const char sql_profiles_hits[];
extern const char sql_profiles_people[];
extern const char sql_profiles_add_disparity[];
extern const char sql_profiles_where[];
extern const char sql_profiles_live_before[];
extern const char sql_profiles_log[];
extern const char sql_profiles_travellers[];
/* db/shadow.c */
extern const char sql_profiles_shadow_days[];
extern const char sql_profiles_shadow_overlap[];
extern const char sql_profiles_shadow_samples[];
/* db/status.c */
extern const char sql_status_server[];
extern const char sql_status_settings[];
extern const char sql_status_rows[];

#endif
