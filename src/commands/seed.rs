//! Fills the database with made-up applications.

use super::{Result, Trouble, say};
use crate::clock::Clock;
use crate::config::Base;
use crate::database::Database;
use crate::seed;
use crate::system::System;
use std::time::Instant;

pub(super) const EXAMPLE: &str = "Example:\n  stagiaire seed --applications 100000 --seed 7\n\n\
    Running it again with the same seed and a larger number adds what is missing. The first applications carry a CV. \
    A database in which anybody has an address other than @example.org is left alone.";

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How many applications of this seed there shall be
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    applications: u32,
    /// Which made-up world: the same number makes the same people
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u32,
}

pub(super) async fn run(arguments: &Arguments) -> Result<()> {
    let base = Base::from_env()?;
    let database = Database::open(&base).await?;
    database.migrate().await?;
    let files = base.files().await.map_err(|e| {
        Trouble::new(
            format!("files cannot be kept: {e}"),
            "Look at STAGIAIRE_DATA; `stagiaire check` says more.",
        )
    })?;
    let system = System::new(database.db(&base), Clock::System);
    seed::refuse_real_people(&system).await?;
    let begun = Instant::now();
    let sown = seed::sow(&system, &files, arguments.seed, arguments.applications, |done| {
        say(format!("{done} applications"));
    })
    .await?;
    say(format!("{sown} applications were added in {:.1} s.", begun.elapsed().as_secs_f64()));
    database.close().await;
    Ok(())
}
