-- What the organisation says in a letter in place of the words that come with the product. The newest version counts; one
-- without words goes back to those. Link, greeting, reason and warning are not written here: no edit can lose them.
create table letter_text (
    letter      text not null check (letter ~ '^[a-z_]{1,60}$'),
    lang        text not null check (lang in ('en', 'fr', 'es')),
    version     int not null check (version > 0),
    subject     text check (length(subject) between 1 and 150 and subject !~ '[\r\n]'),
    body        text check (length(body) between 1 and 4000),
    record_id   uuid not null default gen_random_uuid(),   -- what the record calls it
    written_by  uuid not null references person,
    written_at  timestamptz not null,
    primary key (letter, lang, version),
    constraint both_or_neither check ((subject is null) = (body is null))
);
create trigger never_changes before update or delete on letter_text
    for each row execute function never_changes();
do $$
declare
    wall text;
begin
    foreach wall in array array['stagiaire_server', 'stagiaire_staff'] loop
        execute format('revoke update, delete on letter_text from %I', wall);
    end loop;
    foreach wall in array array['stagiaire_candidate', 'stagiaire_supervisor', 'stagiaire_medical'] loop
        execute format('revoke all on letter_text from %I', wall);
    end loop;
end $$;
