-- What somebody shows before the first day. The bytes lie in the file store under the id.
create table onboarding_document (
    id            uuid primary key,
    placement_id  uuid not null references placement,
    kind          text not null check (kind in ('insurance', 'medical_certificate', 'vaccination_record', 'passport',
                                                'agreement')),
    -- the medical officer alone opens these
    medical       boolean not null generated always as (kind in ('medical_certificate', 'vaccination_record')) stored,
    file_name     text not null check (length(file_name) between 1 and 200),
    media_type    text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
    bytes         bigint not null check (bytes > 0 and bytes <= 10485760),
    sha256        bytea not null check (length(sha256) = 32),
    submitted_at  timestamptz not null,
    valid_from    date,
    valid_until   date,                                    -- inclusive; of a medical certificate: fit until
    covers        text[] not null default '{}' check (covers <@ array['medical', 'evacuation', 'repatriation']),
    state         text not null default 'submitted'
                  check (state in ('submitted', 'verified', 'unfit', 'returned', 'replaced')),
    reason        text,                                    -- why it was returned; here and nowhere else
    decided_by    uuid references person,
    decided_at    timestamptz,
    constraint insurance_says_what_and_when check (kind <> 'insurance'
        or (covers <> '{}' and valid_from is not null and valid_until >= valid_from)),
    constraint returned_with_a_reason check (state <> 'returned' or reason <> ''),
    constraint unfit_is_a_certificate check (state <> 'unfit' or kind = 'medical_certificate'),
    constraint decided_by_somebody check (state in ('submitted', 'replaced')
        or (decided_by is not null and decided_at is not null))
);
-- insurance may be several policies; of everything else one document counts
create unique index one_of_a_kind on onboarding_document (placement_id, kind)
    where kind <> 'insurance' and state <> 'replaced';
create index onboarding_of_placement on onboarding_document (placement_id, submitted_at, id);
create index medical_queue on onboarding_document (state, submitted_at, id) where medical;
