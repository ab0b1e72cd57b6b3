-- What a candidate was offered, word for word: frozen with the offer.
create table offer (
    placement_id  uuid primary key references placement,
    made_by       uuid not null references person,
    made_at       timestamptz not null,
    made_on       date not null,                           -- the organisation's day: the day of the offer of the rules
    answer_by     date not null check (answer_by > made_on),
    terms         jsonb not null                           -- as computed when offered
);
create trigger never_changes before update or delete on offer
    for each row execute function never_changes();
create index offer_by_answer on offer (answer_by, placement_id);

-- A reminder goes out once, so many days before the answer date.
create table offer_reminder (
    placement_id  uuid not null references offer,
    days_before   smallint not null check (days_before > 0),
    sent_at       timestamptz not null,
    primary key (placement_id, days_before)
);

-- Other dates that a candidate asks for: one wish per offer, which the candidate may word anew.
create table date_request (
    placement_id  uuid primary key references offer,
    starts_on     date not null,
    ends_on       date not null,
    words         text not null check (length(words) <= 2000),
    asked_at      timestamptz not null,
    constraint asked_dates_end_after_they_start check (ends_on >= starts_on)
);
