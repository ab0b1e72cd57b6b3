-- What reviewers write down about an application, for each other.

-- A note. A colleague is named in it as `@{id}`, so that a name that changes, or is forgotten, does so here too.
create table review_note (
    id              uuid primary key,
    application_id  uuid not null references application,
    author_id       uuid not null references person,
    written_at      timestamptz not null,
    body            text not null check (length(body) between 1 and 6000),
    form_id         uuid not null                        -- of the form it was written in: sent twice, it is written once
);
create index review_note_of_application on review_note (application_id, written_at, id);
create unique index review_note_written_once on review_note (application_id, author_id, form_id, md5(body));
create table review_note_mention (
    note_id    uuid not null references review_note on delete cascade,
    person_id  uuid not null references person,
    primary key (note_id, person_id)
);
create index review_note_mention_of_person on review_note_mention (person_id);

-- What a reviewer gives about an application stays as it was given, until the person it is about is forgotten.
create function stays_as_given() returns trigger language plpgsql as $$
begin
    if not exists (select from application a join person p on p.id = a.candidate_id
                   where a.id = old.application_id and p.erased_at is not null) then
        raise check_violation using message = format('%s stays as it was given', tg_table_name);
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;

-- A rule that needs review, judged by a person about one version of the profile. The newest judgement counts.
create table rule_judgement (
    id              bigint generated always as identity primary key,
    application_id  uuid not null,
    number          int not null,
    rule            text not null check (rule in ('age', 'track', 'language')),
    met             boolean not null,
    reason          text not null check (length(reason) between 1 and 4000),
    judged_by       uuid not null references person,
    judged_at       timestamptz not null,
    foreign key (application_id, number) references snapshot
);
create index rule_judgement_of_version on rule_judgement (application_id, number, id);
create trigger stays_as_given before update or delete on rule_judgement
    for each row execute function stays_as_given();
