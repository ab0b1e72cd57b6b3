-- Scoring sheets that Human Resources defines, and what assessors give by them.

-- A version is a draft until it is taken into use, and does not change from then on.
create table scoring_sheet (
    id            uuid not null,
    version       int not null check (version > 0),
    names         jsonb not null,                        -- language code to words
    criteria      jsonb not null default '[]',           -- each with names, a weight and what each mark means
    revision      int not null default 1 check (revision > 0),   -- one more with every edit
    edited_by     uuid not null references person,
    edited_at     timestamptz not null,
    in_use_since  timestamptz,
    retired_at    timestamptz,
    primary key (id, version),
    constraint retired_after_use check (retired_at is null or in_use_since is not null)
);
create unique index one_draft_of_a_sheet on scoring_sheet (id) where in_use_since is null;
create unique index one_sheet_in_use on scoring_sheet (id) where in_use_since is not null and retired_at is null;
create function a_sheet_in_use_stays() returns trigger language plpgsql as $$
begin
    if old.in_use_since is not null and (tg_op = 'DELETE' or old.retired_at is not null
            or to_jsonb(new) - 'retired_at' <> to_jsonb(old) - 'retired_at') then
        raise check_violation using message = 'a scoring sheet in use does not change';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;
create trigger a_sheet_in_use_stays before update or delete on scoring_sheet
    for each row execute function a_sheet_in_use_stays();

-- Marks of one assessor. A correction is a row of its own and says why.
create table score (
    id              uuid primary key,
    application_id  uuid not null references application,
    sheet_id        uuid not null,
    sheet_version   int not null,
    assessor_id     uuid not null references person,
    given_at        timestamptz not null,
    marks           smallint[] not null check (cardinality(marks) between 1 and 12 and 1 <= all(marks) and 5 >= all(marks)),
    words           text not null check (length(words) <= 4000),
    replaces        uuid unique references score,
    reason          text check (length(reason) between 1 and 2000),
    foreign key (sheet_id, sheet_version) references scoring_sheet (id, version),
    constraint corrected_with_a_reason check ((replaces is null) = (reason is null))
);
create unique index one_first_score on score (application_id, sheet_id, assessor_id) where replaces is null;
create index score_of_application on score (application_id, given_at, id);
create trigger stays_as_given before update or delete on score for each row execute function stays_as_given();

-- The scores that count and that somebody may read: nobody reads those of others by a sheet before having given their
-- own, while more can be given. Every page, count and export reads from here.
create function scores_open_to(reviewer uuid, of_application uuid) returns setof score language sql stable as $$
    select s.* from score s join application a on a.id = s.application_id
    where s.application_id = of_application
        and not exists (select from score later where later.replaces = s.id)
        and (s.assessor_id = reviewer or a.state in ('pooled', 'placed', 'expired')
            or exists (select from score mine where mine.application_id = s.application_id
                and mine.sheet_id = s.sheet_id and mine.assessor_id = reviewer))
$$;

do $$
declare
    told text;
begin
    select pg_get_expr(conbin, conrelid) into told from pg_constraint
    where conrelid = 'audit_event'::regclass and conname = 'audit_event_subject_check';
    alter table audit_event drop constraint audit_event_subject_check;
    execute format('alter table audit_event add constraint audit_event_subject_check check (%s or subject = %L)',
                   told, 'scoring_sheet');
end $$;
