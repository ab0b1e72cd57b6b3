-- How long each class of record is kept, in days: within limits, so that nobody keeps it for ever or loses it at once.
create table retention (
    class  text primary key check (class in ('links', 'email_changes', 'letters')),
    days   int not null,
    least  int not null,
    most   int not null,
    check (days between least and most)
);
insert into retention (class, days, least, most) values
    ('links', 30, 1, 365),            -- in letters: used, or too old
    ('email_changes', 30, 7, 365),    -- with the address used before
    ('letters', 365, 30, 1825);       -- what was sent to whom, without its text
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- A legal hold: nothing that leads to the person goes, neither by age nor by their wish, until the day is over.
create table legal_hold (
    id          uuid primary key,
    person_id   uuid not null references person,
    until_day   date not null,                           -- inclusive
    reason      text not null check (reason <> ''),
    placed_by   uuid not null references person,
    placed_at   timestamptz not null,
    lifted_at   timestamptz
);
create unique index one_hold_at_a_time on legal_hold (person_id) where lifted_at is null;
alter table erasure drop constraint erasure_ground_check;
alter table erasure add constraint erasure_ground_check check (ground in ('active_internship', 'legal_hold'));
alter table retention add column record_id uuid not null unique default gen_random_uuid();   -- what the record calls it
