-- What reports show, worked out from the record every hour, so that no page counts. A month that is over is counted once
-- more on its second day after and then stays as it is. Nobody is named here.
create table report_month (
    month        date primary key check (extract(day from month) = 1),
    measured_at  timestamptz not null,
    is_final     boolean not null
);
create table report_count (
    month    date not null references report_month,
    stage    text not null,                                -- the action of the record that leads there
    split    text not null check (split in ('all', 'office', 'track', 'language')),
    part     text not null,                                -- of the split; empty for all
    n        bigint not null check (n > 0),                -- cases that got there in the month
    primary key (month, stage, split, part)
);
-- From the first release to the first claim and to the first decision of whoever had it in that month, in days.
create table report_wait (
    month   date not null references report_month,
    stage   text not null check (stage in ('claim', 'decide')),
    n       bigint not null check (n > 0),
    median  double precision not null,
    p90     double precision not null,
    primary key (month, stage)
);
-- The monthly subsistence allowance of placements that are agreed to, in the month it is for.
create table report_allowance (
    month       date not null,
    office_id   text not null references office,
    currency    text not null,
    amount      numeric(14, 2) not null,
    placements  bigint not null,
    primary key (month, office_id, currency)
);
create index placement_agreed_by_end on placement (ends_on)
    where state in ('accepted', 'ready', 'started', 'completed', 'ended_early');
create index insurance_by_end on onboarding_document (valid_until, id)
    where kind = 'insurance' and state = 'verified';
