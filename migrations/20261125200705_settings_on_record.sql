-- The record tells of settings, too; whatever else it tells of by now, it goes on telling.
do $$
declare
    told text := (select pg_get_expr(conbin, conrelid) from pg_constraint
                  where conrelid = 'audit_event'::regclass and conname = 'audit_event_subject_check');
begin
    alter table audit_event drop constraint audit_event_subject_check;
    execute format('alter table audit_event add constraint audit_event_subject_check check (%s or subject = %L)',
                   told, 'setting');
end $$;
-- What the record calls an office, whose own name is a word.
alter table office add column record_id uuid not null unique default gen_random_uuid();
