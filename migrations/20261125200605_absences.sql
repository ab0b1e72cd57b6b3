-- Days on which an intern was not at work. No words and no papers: the kind and the number of days is all there is.
-- An entry is never changed: another one takes its place.
create table absence (
    id            uuid primary key,
    placement_id  uuid not null references placement,
    kind          text not null check (kind in ('sick', 'leave', 'studies', 'other')),
    first_day     date not null,
    last_day      date not null,
    days          numeric(4, 1) not null check (days >= 0 and days * 2 = floor(days * 2)),  -- working days; 0: it was none
    recorded_by   uuid not null references person,
    recorded_at   timestamptz not null,
    corrects      uuid unique references absence,
    replaced_at   timestamptz,
    constraint absence_ends_after_it_starts check (last_day >= first_day),
    constraint no_more_days_than_there_are check (days <= last_day - first_day + 1),
    constraint a_day_is_missed_once exclude using gist
        (placement_id with =, daterange(first_day, last_day, '[]') with &&) where (replaced_at is null and days > 0)
);
create index absence_of_placement on absence (placement_id, first_day, id);
