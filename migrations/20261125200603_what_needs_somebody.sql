-- For the first page of administrators.
create index person_invited on person (created_at) where password_hash is null and disabled_at is null;
create index outbox_stuck on outbox (created_at) where sent_at is null and attempts >= 3;
