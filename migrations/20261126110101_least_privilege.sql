-- The server works as a role of its own that can neither change the schema nor what is written once. Whoever finds a way
-- to slip a statement in finds no more than the product itself may do; the triggers before these rights stay, for the
-- owner's own mistakes.
--
-- Roles belong to the cluster, not to the database: another database may have made this one, even this very moment.
do $$ begin
    if not exists (select from pg_roles where rolname = 'stagiaire_server') then
        create role stagiaire_server nologin noinherit;
    end if;
exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
        raise insufficient_privilege using
            message = 'the role stagiaire_server is missing, and this user may not make it',
            hint = 'The README says which roles an administrator of the cluster makes once.';
end $$;
do $$ begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant stagiaire_server to %I', current_user);
    end if;
exception when insufficient_privilege then
    if not pg_has_role(current_user, 'stagiaire_server', 'member') then
        raise;
    end if;
end $$;

revoke create on schema public from public;
grant usage on schema public to stagiaire_server;
grant select, insert, update, delete on all tables in schema public to stagiaire_server;
grant usage, select on all sequences in schema public to stagiaire_server;
alter default privileges in schema public grant select, insert, update, delete on tables to stagiaire_server;
alter default privileges in schema public grant usage, select on sequences to stagiaire_server;

-- What is written once is written once. A table that comes later and is never changed says so itself.
revoke update, delete on audit_event, audit_link, snapshot, snapshot_document, offer, certificate from stagiaire_server;
-- The rows that say which moves there are, and which migrations ran, come with a migration.
revoke insert, update, delete on application_transition, placement_transition, opening_transition, _sqlx_migrations
    from stagiaire_server;

-- Erasure blanks words that are written once. It is the one way to do so, and judges for itself whether it may.
alter function erase_writings(uuid) security definer;
alter function erase_writings(uuid) set search_path = public, pg_temp;

-- What waits for its seal, oldest first, held so that an erasure that blanks a reason waits, and then finds the salt to
-- forget. To hold a row takes the right to change it, which the server has not.
create function hold_unsealed(most bigint) returns setof audit_event
language sql security definer set search_path = public, pg_temp as $$
    select e.* from audit_unsealed u join audit_event e on e.id = u.event_id
    order by u.event_id limit most for share of e
$$;
