-- A CV that the product made from the profile, in which language; null: an uploaded file. One at most in a profile.
alter table document add column made_in text check (made_in in ('en', 'fr', 'es'));
create unique index one_made_cv on document (person_id) where made_in is not null and removed_at is null;
