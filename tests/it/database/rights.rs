//! The server's role in the database: what it may not do, tried in SQL, around the product.

use crate::support::world_on;
use sqlx::{Connection, Executor, PgConnection, PgPool};

/// A connection that works as the server does.
async fn server(db: &PgPool) -> PgConnection {
    let options = (*db.connect_options()).clone().options([("role", "stagiaire_server")]);
    PgConnection::connect_with(&options).await.unwrap()
}

/// "Permission denied", or "must be owner".
fn is_refused(tried: Result<sqlx::postgres::PgQueryResult, sqlx::Error>) -> bool {
    tried.is_err_and(|error| {
        error.as_database_error().and_then(|e| e.code()).is_some_and(|code| code == "42501")
    })
}

#[sqlx::test]
async fn the_server_changes_neither_the_schema_nor_what_is_written_once(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let candidate = world.candidate("en").await;
    world.application(&candidate).await;
    let mut server = server(&world.db).await;
    for statement in [
        "create table mine (n int)",
        "create function mine() returns int language sql as 'select 1'",
        "create schema mine",
        "create extension hstore",
        "create role mine",
        "alter table audit_event add column mine int",
        "alter table audit_event disable trigger all",
        "drop trigger never_changes on audit_event",
        "create trigger mine before insert on audit_event for each row execute function never_changes()",
        "drop table audit_event cascade",
        "drop index audit_by_time",
        "alter table application drop constraint application_pkey cascade",
        "create or replace function never_changes() returns trigger language plpgsql as 'begin return new; end'",
        "drop function broken_invariants(timestamptz) cascade",
        "alter function erase_writings(uuid) security invoker",
        "update audit_event set reason = 'another'",
        "update audit_event set reason = null",
        "delete from audit_event",
        "truncate audit_event cascade",
        "truncate application cascade",
        "select * from audit_event for update",
        "merge into audit_event a using audit_event b on a.id = b.id when matched then delete",
        "update audit_link set reason_salt = null",
        "delete from audit_link",
        "update snapshot set profile = '{}'",
        "delete from snapshot",
        "delete from snapshot_document",
        "update offer set terms = '{}'",
        "delete from certificate",
        "insert into application_transition values ('release', 'withdrawn', 'pooled')",
        "delete from placement_transition",
        "delete from opening_transition",
        "delete from _sqlx_migrations",
        "set session_replication_role = replica",
        "copy audit_event to program 'cat'",
        "copy audit_event to '/tmp/mine'",
        "select pg_read_file('/etc/passwd')",
        "alter system set fsync = off",
    ] {
        assert!(is_refused(server.execute(statement).await), "{statement}");
    }
    assert_eq!(world.count("select count(*) from audit_event where action = 'release'").await, 1);
    world.assert_whole().await;
}

#[sqlx::test]
async fn the_words_that_are_written_once_go_with_their_person_and_not_before(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let candidate = world.candidate("en").await;
    world.application(&candidate).await;
    let mut server = server(&world.db).await;
    let erase = format!("select erase_writings('{}')", candidate.id);
    let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(erase)).execute(&mut server).await.unwrap_err();
    assert!(refused.to_string().contains("only of an erased person"), "{refused}");
}

#[sqlx::test]
async fn no_table_has_slipped_through(db: PgPool) {
    let rights = "select format('%s: %s', c.relname, privilege) from pg_class c
         cross join unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
             and (has_table_privilege('stagiaire_server', c.oid, privilege)
                  or pg_has_role('stagiaire_server', c.relowner, 'member'))";
    assert_eq!(sqlx::query_scalar::<_, String>(rights).fetch_all(&db).await.unwrap(), Vec::<String>::new());
    // whatever a trigger keeps for ever, the server has no right to change in the first place
    let kept = "select t.tgrelid::regclass::text from pg_trigger t
         where t.tgfoid = 'never_changes'::regproc
             and (has_table_privilege('stagiaire_server', t.tgrelid, 'UPDATE')
                  or has_table_privilege('stagiaire_server', t.tgrelid, 'DELETE'))";
    assert_eq!(sqlx::query_scalar::<_, String>(kept).fetch_all(&db).await.unwrap(), Vec::<String>::new());
    let powers =
        "select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication or rolcanlogin
         from pg_roles where rolname = 'stagiaire_server'";
    assert!(!sqlx::query_scalar::<_, bool>(powers).fetch_one(&db).await.unwrap());
}
