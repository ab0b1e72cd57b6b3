-- A rate has a period: the database refuses two for one day. It ends where the next one begins, by itself.
create extension if not exists btree_gist;
alter table msa_rate add column until_day date;              -- the first day of the next rate; null: none is announced
update msa_rate r set until_day =
    (select min(n.from_day) from msa_rate n where n.office_id = r.office_id and n.from_day > r.from_day);
alter table msa_rate add constraint one_rate_a_day
    exclude using gist (office_id with =, daterange(from_day, until_day) with &&);

create function ends_where_the_next_begins() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        update msa_rate set until_day = old.until_day where office_id = old.office_id and until_day = old.from_day;
        return null;
    end if;
    new.until_day := (select min(from_day) from msa_rate where office_id = new.office_id and from_day > new.from_day);
    update msa_rate set until_day = new.from_day
        where office_id = new.office_id and from_day < new.from_day and coalesce(until_day > new.from_day, true);
    return new;
end $$;
create trigger takes_its_place before insert on msa_rate
    for each row execute function ends_where_the_next_begins();
create trigger leaves_its_place after delete on msa_rate
    for each row execute function ends_where_the_next_begins();
