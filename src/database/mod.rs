//! Connecting to PostgreSQL: a server that is given, or one of our own; and bringing its tables up to date.
#![expect(clippy::disallowed_types, reason = "makes the pool that db.rs then keeps to itself")]

pub mod cluster;
mod rewords;

use crate::config::Base;
use crate::db::Db;
use cluster::Cluster;
use sqlx::migrate::{Migrate, MigrateError};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgPool};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// What the server works as: a role that changes neither the schema nor what is written once.
const ROLE: &str = "stagiaire_server";

/// Connections of one server process: enough for two cores, few enough for several servers on one database.
const CONNECTIONS: u32 = 20;

/// A server that has not answered by then does not answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Every schema change, in order, compiled into the binary.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// The name of the database in a cluster of our own.
const OWN_DATABASE: &str = "stagiaire";

/// Open for work, on a server that was given or on one of our own.
pub struct Database {
    /// As whoever the address names: to bring the tables up to date, and for nothing else.
    owner: PgPool,
    /// As the server's role. It connects when it is needed, because the role comes with the tables.
    pool: PgPool,
    cluster: Option<Arc<Cluster>>,
}

impl Database {
    /// Connects to `DATABASE_URL`, or starts the product's own PostgreSQL. Changes no table.
    ///
    /// # Errors
    /// If the address cannot be read, the server does not answer, or our own does not start.
    pub async fn open(base: &Base) -> Result<Database> {
        if let Some(url) = &base.database_url {
            let options = PgConnectOptions::from_str(url).map_err(|_| Error::Address)?;
            return Ok(Database::on(connect(&options).await?, options, None));
        }
        let folder = base.data.join("postgres");
        let started = tokio::task::spawn_blocking(move || Cluster::start(&folder)).await;
        let cluster = started.map_err(|_| Error::Interrupted)??;
        let server = connect(&cluster.options("postgres")).await?;
        let made = create(&server, OWN_DATABASE).await;
        server.close().await;
        made?;
        let options = cluster.options(OWN_DATABASE);
        Ok(Database::on(connect(&options).await?, options, Some(Arc::new(cluster))))
    }

    fn on(owner: PgPool, options: PgConnectOptions, cluster: Option<Arc<Cluster>>) -> Database {
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
        let pool = pool.connect_lazy_with(guarded(&options).options([("role", ROLE)]));
        Database { owner, pool, cluster }
    }

    /// Brings the tables up to date. Several processes may do so at once: an advisory lock makes them queue.
    ///
    /// # Errors
    /// If a migration fails, or the database has newer migrations than this binary knows.
    pub async fn migrate(&self) -> Result<()> {
        // an address whose user may not change tables is enough where they are as they should be
        if self.behind().await? == 0 {
            return Ok(rewords::make(&self.owner).await?);
        }
        let mut connection = self.owner.acquire().await?;
        // a large table may take longer to change than a request may wait
        sqlx::query!("select set_config('statement_timeout', '0', false)")
            .fetch_one(&mut *connection)
            .await?;
        let migrated = MIGRATIONS.run(&mut *connection).await;
        // the connection goes back to the pool: leave it as it was
        sqlx::query!("select set_config('statement_timeout', '30s', false)")
            .fetch_one(&mut *connection)
            .await?;
        migrated?;
        drop(connection);
        Ok(rewords::make(&self.owner).await?)
    }

    /// How many migrations wait to be applied. Changes nothing.
    ///
    /// # Errors
    /// If the database has newer or other migrations than this binary knows.
    pub async fn behind(&self) -> Result<usize> {
        let mut connection = self.owner.acquire().await?;
        let begun = sqlx::query_scalar!(r#"select to_regclass('_sqlx_migrations') is not null as "begun!""#);
        if !begun.fetch_one(&mut *connection).await? {
            return Ok(MIGRATIONS.iter().count());
        }
        let applied = connection.list_applied_migrations("_sqlx_migrations").await?;
        for done in &applied {
            match MIGRATIONS.iter().find(|known| known.version == done.version) {
                None => return Err(MigrateError::VersionMissing(done.version).into()),
                Some(known) if known.checksum != done.checksum => {
                    return Err(MigrateError::VersionMismatch(done.version).into());
                }
                Some(_) => {}
            }
        }
        Ok(MIGRATIONS.iter().filter(|known| applied.iter().all(|done| done.version != known.version)).count())
    }

    /// Such as `15.10`.
    ///
    /// # Errors
    /// If the server does not answer.
    pub async fn version(&self) -> Result<String> {
        let version = sqlx::query_scalar!(r#"select current_setting('server_version') as "version!""#);
        let version = version.fetch_one(&self.owner).await?;
        Ok(version.split_whitespace().next().unwrap_or_default().to_owned())
    }

    /// What the product works with; the pool stays the same.
    pub fn db(&self, base: &Base) -> Db {
        Db::new(self.pool.clone(), base.zone)
    }

    /// The PostgreSQL of our own, if it is one.
    pub fn cluster(&self) -> Option<Arc<Cluster>> {
        self.cluster.clone()
    }

    /// Waits for connections in use, closes them and stops our own PostgreSQL.
    pub async fn close(self) {
        self.pool.close().await;
        self.owner.close().await;
        let cluster = self.cluster;
        let _stopped = tokio::task::spawn_blocking(move || drop(cluster)).await;
    }
}

/// Statements that run away are stopped by the database.
fn guarded(options: &PgConnectOptions) -> PgConnectOptions {
    options
        .clone()
        .application_name("stagiaire")
        .options([("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")])
}

/// One connection: several would only wait for each other's tables.
async fn connect(options: &PgConnectOptions) -> sqlx::Result<PgPool> {
    let options = guarded(options);
    // the pool would try again until it is tired, and then not say why
    match tokio::time::timeout(PATIENCE, options.connect()).await {
        Ok(first) => first?.close().await?,
        Err(_) => return Err(sqlx::Error::PoolTimedOut),
    }
    PgPoolOptions::new().max_connections(1).acquire_timeout(PATIENCE).connect_with(options).await
}

/// Makes a database, if it is not there yet.
async fn create(server: &PgPool, name: &'static str) -> sqlx::Result<()> {
    let exists = sqlx::query_scalar!("select 1 as one from pg_database where datname = $1", name);
    if exists.fetch_optional(server).await?.is_some() {
        return Ok(());
    }
    // a name cannot be a parameter; it is ours, and a constant
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(server).await.map(|_| ())
}

/// Why there is no database to work with.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Cluster(#[from] cluster::Error),
    /// Without the address: it may hold a password.
    #[error("DATABASE_URL cannot be understood")]
    Address,
    #[error("the database does not answer: {0}")]
    Sqlx(#[from] sqlx::Error),
    #[error("the tables could not be brought up to date: {0}")]
    Migrate(#[from] MigrateError),
    #[error("starting PostgreSQL was interrupted")]
    Interrupted,
}

impl Error {
    /// What helps.
    pub fn remedy(&self) -> String {
        match self {
            Error::Cluster(error) => error.remedy(),
            Error::Address => "Write it as postgres://user:password@host:5432/database.".into(),
            Error::Sqlx(_) => {
                "Look at DATABASE_URL, and whether the server runs and lets this machine in.".into()
            }
            Error::Migrate(MigrateError::VersionMissing(_)) => {
                "A newer Stagiaire has worked with this database: run that one, or a newer one.".into()
            }
            Error::Migrate(_) => {
                "Nothing was changed by the migration that failed. Restore the migrations of this \
                version if they were edited, and try again."
                    .into()
            }
            Error::Interrupted => "Start again.".into(),
        }
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
