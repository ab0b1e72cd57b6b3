-- Every file is encrypted under a key of its own, which is kept here, locked by a key that is not in the database
-- (`STAGIAIRE_KEYS`). A file without its row is noise: whoever is forgotten takes the row along, backups of the folder
-- included, and whoever may not open a file does not meet its row.
create table file_key (
    file_id  uuid primary key,
    locked   bytea check (length(locked) = 8 + 24 + 32 + 16),    -- null: kept before files were encrypted
    lock     bytea generated always as (substring(locked from 1 for 8)) stored    -- which key locked it
);
create index file_key_by_lock on file_key (lock, file_id);
insert into file_key (file_id)
    select id from document union select id from onboarding_document union select id from message_document;

create function forget_file_key() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from file_key where file_id = (case tg_op when 'DELETE' then old.id else new.id end);
    return null;
end $$;
create trigger forget_file_key after insert on file_to_remove for each row execute function forget_file_key();
create trigger forget_file_key after delete on document for each row execute function forget_file_key();
create trigger forget_file_key after delete on message_document for each row execute function forget_file_key();
create trigger forget_file_key after delete on onboarding_document for each row execute function forget_file_key();

-- Whoever meets the row of a document meets its key; Human Resources meets medical documents, and not their keys.
alter table file_key enable row level security;
create policy everything on file_key to stagiaire_server using (true);
create policy not_medical on file_key to stagiaire_staff using (
    not exists (select from onboarding_document d where d.id = file_id and d.medical));
create policy of_documents on file_key to stagiaire_candidate, stagiaire_supervisor, stagiaire_medical using (
    exists (select from document d where d.id = file_id)
    or exists (select from onboarding_document d where d.id = file_id)
    or exists (select from message_document d where d.id = file_id));
