-- The record is chained: each event's digest covers its content and the digest of the event sealed before it, so that
-- whoever changes, removes or slips in a line breaks every digest from there on.
--
-- A chain has one end, and whoever extends it holds that end. If the transactions of people did so, each would wait
-- for all others. So they only leave the event's number in `audit_unsealed`, in the same transaction; one sealer takes
-- what is committed, in the order of numbers, and hangs it on the chain within seconds. Numbers may be committed out of
-- order: a late one is sealed later, under a later position. The order of the chain is the order of sealing, it has no
-- gaps, and no event can miss it: an event is sealed or waits, else verification names it.
create table audit_link (
    position       bigint primary key check (position > 0),
    event_id       bigint not null unique references audit_event,
    content        bytea not null check (length(content) = 32),    -- SHA-256 of the event
    hash           bytea not null check (length(hash) = 32),       -- SHA-256 of the hash before and of the content
    -- The content covers a salted digest of the reason instead of its words: erasure blanks both reason and salt, what
    -- is left says nothing, and the chain holds.
    reason_digest  bytea check (length(reason_digest) = 32),
    reason_salt    bytea check (length(reason_salt) = 16)
);
create trigger never_changes before update or delete on audit_link
    for each row execute function never_changes('{"reason_salt": null}');
create trigger never_emptied before truncate on audit_link for each statement execute function never_changes();
create trigger never_emptied before truncate on audit_event for each statement execute function never_changes();

create table audit_unsealed (
    event_id  bigint primary key references audit_event
);
insert into audit_unsealed select id from audit_event;

create function waits_for_its_seal() returns trigger language plpgsql as $$
begin
    insert into audit_unsealed select id from written;
    return null;
end $$;
create trigger waits_for_its_seal after insert on audit_event referencing new table as written
    for each statement execute function waits_for_its_seal();

create function forgets_the_salt() returns trigger language plpgsql as $$
begin
    update audit_link set reason_salt = null where event_id = new.id;
    return null;
end $$;
create trigger forgets_the_salt after update of reason on audit_event
    for each row when (new.reason is null) execute function forgets_the_salt();

-- The trail is read newest first: all of it, one action, one person's.
create index audit_by_time on audit_event (at, id);
create index audit_by_action_and_time on audit_event (action, at, id);
drop index audit_by_action;
create index audit_of_actor_by_time on audit_event (actor_id, at, id);
