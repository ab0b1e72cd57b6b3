-- What goes next of each class of record, as it was counted last. To know it, every row that may be past its period is
-- looked at; a page reads this instead.
create table retention_count (
    class       text primary key references retention (class),
    days        int not null,           -- the period it was counted for
    goes        bigint not null,
    held        bigint not null,
    untold      bigint not null,
    day         date not null,          -- in the organisation's time zone
    counted_at  timestamptz not null
);
grant select on retention_count to stagiaire_staff;

-- Nobody counts for a page any more, so nobody needs to be let past the walls for it.
revoke execute on function retention_due(timestamptz, date) from stagiaire_staff;
alter function retention_due(timestamptz, date) security invoker;
