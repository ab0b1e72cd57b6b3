//! Runs the server: opens what it needs, answers requests, sends letters, and stops in good order.

use super::{Result, Trouble, say};
use crate::clock::Clock;
use crate::config::{Config, Mode, own_address};
use crate::database::Database;
use crate::database::cluster::Cluster;
use crate::db::Db;
use crate::post::{self, Transport};
use crate::provider::Provider;
use crate::system::System;
use crate::tryout;
use crate::web::App;
use crate::web::app::Settings;
use crate::web::listen::{self, Patience};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Requests in flight are given so long to finish.
const LAST_REQUESTS: Duration = Duration::from_secs(10);
/// A postman who failed comes back after this.
const POSTMAN_RESTS: Duration = Duration::from_secs(30);
/// A PostgreSQL of our own that was killed is missed after this.
const PULSE: Duration = Duration::from_secs(2);

pub(super) async fn run() -> Result<()> {
    let mut config = Config::from_env()?;
    let stop = told_to_stop()?;
    // a taken port is found before anything else is started
    let listener = bind(&mut config).await?;
    let database = Database::open(&config.base).await?;
    let served = serve(&config, listener, &database, stop).await;
    database.close().await;
    served
}

/// Becomes `true` with the first SIGTERM or SIGINT; a second one ends the process at once.
fn told_to_stop() -> Result<watch::Receiver<bool>> {
    let fault = |e| Trouble::new(format!("signals cannot be received: {e}"), "Start again.");
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate()).map_err(fault)?, signal(SignalKind::interrupt()).map_err(fault)?);
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        for _ in 0..2 {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            if tell.send_replace(true) {
                // impatience is understood: what was committed is kept, a PostgreSQL left over is taken care of next time
                std::process::exit(130);
            }
        }
    });
    Ok(told)
}

async fn bind(config: &mut Config) -> Result<TcpListener> {
    let taken = |e| {
        Trouble::new(
            format!("the server cannot listen at {}: {e}", config.listen),
            "Set STAGIAIRE_LISTEN to an address of this machine and a free port, such as 127.0.0.1:3001.",
        )
    };
    let listener = TcpListener::bind(config.listen).await.map_err(taken)?;
    let bound = listener.local_addr().map_err(taken)?;
    // port 0 asks for any free port: then it is known only now
    if config.url == own_address(config.listen) {
        config.url = own_address(bound);
    }
    config.listen = bound;
    Ok(listener)
}

async fn serve(
    config: &Config,
    listener: TcpListener,
    database: &Database,
    stop: watch::Receiver<bool>,
) -> Result<()> {
    database.migrate().await?;
    let files = config.base.files().await.map_err(|e| {
        Trouble::new(
            format!("the folder for files in {} cannot be written to: {e}", config.base.data.display()),
            "Set STAGIAIRE_DATA to a folder that this user may write to.",
        )
    })?;
    let db = database.db(&config.base);
    let clock = Clock::System;
    if config.is_try_out() {
        tryout::furnish(&System::new(db.clone(), clock), &files).await?;
    }
    let settings = Settings {
        url: config.url.clone(),
        https: config.is_https(),
        try_out: config.is_try_out(),
        second_factor_required: config.second_factor_required,
        client_address_header: config.client_address_header.clone(),
    };
    let transport = match &config.mode {
        Mode::TryOut => Transport::Mailbox,
        Mode::Production(mail) => Transport::Smtp(mail.clone()),
    };
    let scanner = config.scanner.clone();
    let app = App::new(db.clone(), clock, settings.clone(), files.clone())
        .with_scanner(scanner.clone())
        .with_provider(provider(config)?);

    // dropped at the end of this function, they end
    let mut beside = JoinSet::new();
    beside.spawn(post(db.clone(), settings, transport, clock));
    beside.spawn(crate::scan::round::run(db.clone(), clock, files.clone(), scanner));
    beside.spawn(crate::record::chain::run(db.clone()));
    beside.spawn(crate::jobs::run(db.clone(), clock));
    beside.spawn(crate::sweep::run(db.clone(), clock));
    beside.spawn(crate::erasure::run(db, clock, files));
    if let Some(cluster) = database.cluster() {
        beside.spawn(keep_alive(cluster));
    }
    greet(config);
    answer(listener, app, stop).await;
    beside.shutdown().await;
    tracing::info!("stopped");
    Ok(())
}

/// The organisation's identity provider. It is asked when somebody signs in: it may be away while we start.
fn provider(config: &Config) -> Result<Option<Provider>> {
    let Some(settings) = config.provider.clone() else { return Ok(None) };
    let provider = Provider::new(settings, &config.url).map_err(|e| {
        Trouble::new(
            format!("no line to the identity provider can be encrypted: {e}"),
            "Install the authorities' certificates: the package ca-certificates.",
        )
    })?;
    Ok(Some(provider))
}

/// Answers requests until told to stop, then those in flight, but not for ever.
async fn answer(listener: TcpListener, app: App, stop: watch::Receiver<bool>) {
    let told = |mut stop: watch::Receiver<bool>| async move {
        // an error means that nobody will ever tell: then nobody stops it but by force
        if stop.wait_for(|told| *told).await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let usual = Patience::default();
    // behind a proxy everybody has one address
    let proxied = app.settings().client_address_header.is_some();
    let patience = Patience { from_one: if proxied { usual.connections } else { usual.from_one }, ..usual };
    let server = listen::serve(listener, crate::app(app), patience, told(stop.clone()));
    let too_long = async {
        told(stop).await;
        tracing::info!("told to stop: finishing requests in flight");
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        () = server => {}
        () = too_long => tracing::warn!("some requests took too long and were cut off"),
    }
}

/// Letters go out as long as the server runs.
async fn post(db: Db, settings: Settings, transport: Transport, clock: Clock) {
    loop {
        match post::run(db.clone(), settings.clone(), transport.clone(), clock).await {
            Ok(()) => tracing::warn!("the postman went home; he is called back"),
            Err(error) => tracing::error!(%error, "no letters are sent for now"),
        }
        tokio::time::sleep(POSTMAN_RESTS).await;
    }
}

/// A PostgreSQL of our own that somebody killed is started again.
async fn keep_alive(cluster: Arc<Cluster>) {
    loop {
        tokio::time::sleep(PULSE).await;
        let cluster = cluster.clone();
        match tokio::task::spawn_blocking(move || cluster.revive()).await {
            Ok(Ok(true)) => tracing::warn!("PostgreSQL was gone and runs again"),
            Ok(Err(error)) => tracing::error!(%error, "PostgreSQL is gone and does not start"),
            Ok(Ok(false)) | Err(_) => {}
        }
    }
}

/// Where to go, and as whom.
fn greet(config: &Config) {
    if !config.is_try_out() {
        say(format!("Stagiaire serves {} at {}", config.url, config.listen));
        return;
    }
    let signs = tryout::PEOPLE.iter().map(|p| format!("    {:<34}{}", p.email, p.what));
    say(format!(
        "\nStagiaire is being tried out. Everybody in it is made up; everything is kept in {}.\n\n\
         \x20 Open        {}\n\
         \x20 Letters     {}/mailbox\n\n\
         \x20 Sign in with the password  {}  as\n{}\n\n\
         Press Ctrl-C to stop.",
        config.base.data.display(),
        config.url,
        config.url,
        tryout::PASSWORD,
        signs.collect::<Vec<_>>().join("\n")
    ));
}
