-- The candidate's own profile: always editable, seen by nobody else.
create table profile (
    person_id   uuid primary key references person on delete cascade,
    revision    int not null default 1 check (revision > 0),   -- one more with every saved answer
    updated_at  timestamptz not null
);

-- Answers are kept as typed, whole or not: what somebody wrote on a slow line is never refused, only explained.
create table profile_section (
    person_id  uuid not null references profile on delete cascade,
    section    text not null check (section in ('about', 'education', 'languages', 'funding', 'wishes', 'dates',
                                                'experience', 'letter')),
    answers    jsonb not null,
    revision   int not null default 1 check (revision > 0),
    saved_at   timestamptz not null,
    primary key (person_id, section)
);

-- A file that somebody gave us. The bytes lie in the file store under the id; the name is only ever shown.
create table document (
    id           uuid primary key,
    person_id    uuid not null references person,
    kind         text not null check (kind in ('cv', 'study_proof', 'sponsor_letter', 'university_letter')),
    file_name    text not null check (length(file_name) between 1 and 200),
    media_type   text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
    bytes        bigint not null check (bytes > 0 and bytes <= 10485760),
    sha256       bytea not null check (length(sha256) = 32),
    uploaded_at  timestamptz not null,
    removed_at   timestamptz                     -- taken out of the profile; snapshots that hold it keep it
);
create index document_of_profile on document (person_id, kind, uploaded_at) where removed_at is null;
