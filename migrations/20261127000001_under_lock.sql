-- The secret of an authenticator app is locked by the vault, as the keys of files are, and the small picture of a photo
-- by the key of its file. Secrets of before are locked by `stagiaire keys renew`; small pictures are drawn again with the
-- next upload, and the photos themselves stay.

alter table second_factor
    add lock bytea generated always as (case when length(secret) > 20 then substring(secret from 1 for 8) end) stored;
create index second_factor_by_lock on second_factor (lock, person_id);

update document set thumbnail = null where thumbnail is not null;
