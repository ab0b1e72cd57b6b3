-- How many cases one reviewer may be given is changed on a page, and the record says so.
alter table review_setting add column record_id uuid not null default gen_random_uuid();
