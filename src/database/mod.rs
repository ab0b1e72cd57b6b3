//! Connecting to PostgreSQL: a server that is given, or one of our own; and bringing its tables up to date.
#![expect(clippy::disallowed_types, reason = "makes the pool that db.rs then keeps to itself")]

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::str::FromStr;
use std::time::Duration;

/// Connections of one server process: enough for two cores, few enough for several servers on one database.
const CONNECTIONS: u32 = 20;

/// Every schema change, in order, compiled into the binary.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Connects; statements that run away are stopped by the database.
///
/// # Errors
/// If the address cannot be read or the server does not answer.
pub async fn connect(url: &str) -> sqlx::Result<PgPool> {
    let options = PgConnectOptions::from_str(url)?
        .application_name("stagiaire")
        .options([("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")]);
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(options)
        .await
}

/// Brings the tables up to date. Several processes may do so at once: an advisory lock makes them queue.
///
/// # Errors
/// If a migration fails, or the database has newer migrations than this binary knows.
pub async fn migrate(pool: &PgPool) -> Result<(), sqlx::migrate::MigrateError> {
    let mut connection = pool.acquire().await?;
    // a large table may take longer to change than a request may wait
    sqlx::query!("select set_config('statement_timeout', '0', false)").fetch_one(&mut *connection).await?;
    let migrated = MIGRATIONS.run(&mut *connection).await;
    // the connection goes back to the pool: leave it as it was
    sqlx::query!("select set_config('statement_timeout', '30s', false)").fetch_one(&mut *connection).await?;
    migrated
}

/// Makes the product's database in a cluster of our own, if it is not there yet.
///
/// # Errors
/// If the server refuses for another reason than that the database exists.
pub async fn create(server: &PgPool, name: &'static str) -> sqlx::Result<()> {
    let exists = sqlx::query_scalar!("select 1 as one from pg_database where datname = $1", name);
    if exists.fetch_optional(server).await?.is_some() {
        return Ok(());
    }
    let made = sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(server).await;
    match made {
        // two processes may race: either answer means that it is there already
        Err(sqlx::Error::Database(e)) if matches!(e.code().as_deref(), Some("23505" | "42P04")) => Ok(()),
        other => other.map(|_| ()),
    }
}
