-- What the nightly look found: whether states, facts and record agree. One line a day, by whichever server comes first.
create table nightly_check (
    day         date primary key,                    -- in the organisation's time zone
    checked_at  timestamptz not null,
    broken      jsonb not null                       -- what is broken, by its name, and how often; {} if nothing is
        check (jsonb_typeof(broken) = 'object')
);
