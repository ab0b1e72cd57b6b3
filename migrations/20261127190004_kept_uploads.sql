-- A form with files that came after its sender was signed out: what was typed in it is kept, and sent as such a form.
alter table kept_form add column is_upload boolean not null default false;
