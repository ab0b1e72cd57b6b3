//! Who works here: invites, lists and disables members of staff.

use super::{Result, Trouble, say};
use crate::clock::Clock;
use crate::config::Base;
use crate::database::Database;
use crate::db::{Note, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::role::RoleName;
use crate::system::System;
use crate::text::Lang;
use uuid::Uuid;

pub(super) const EXAMPLE: &str = "Examples:\n  \
    stagiaire staff invite ana@example.org --name \"Ana Beltrán\" --role administrator\n  \
    stagiaire staff invite joy@example.org --name \"Joy Otieno\" --role supervisor --office nairobi\n  \
    stagiaire staff list\n  \
    stagiaire staff disable ana@example.org";

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Opens an account and sends a letter with a link to choose a password
    #[command(after_help = "Example:\n  stagiaire staff invite joy@example.org --name \"Joy Otieno\" \
        --role supervisor --office nairobi\n\nFor somebody who has an account already, the roles and offices are \
        added and a disabled account is opened again. The letter leaves as soon as the server runs.")]
    Invite(Invite),
    /// Shows every member of staff
    #[command(after_help = "Example:\n  stagiaire staff list")]
    List,
    /// Closes an account and ends its sessions; what the person did stays on record
    #[command(after_help = "Example:\n  stagiaire staff disable ana@example.org")]
    Disable {
        /// The address of the account
        email: String,
    },
}

#[derive(clap::Args)]
pub(super) struct Invite {
    /// Where the invitation goes
    email: String,
    /// Given names and family name; the last word is taken as the family name
    #[arg(long)]
    name: String,
    /// May be given several times: hr_reviewer, supervisor, hr_director, medical_officer, administrator
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<RoleName>,
    /// Where a supervisor works, such as nairobi; may be given several times
    #[arg(long = "office")]
    offices: Vec<String>,
    /// The language of letters and pages: en, fr or es
    #[arg(long = "lang", default_value = "en", value_parser = lang)]
    lang: Lang,
}

fn role(code: &str) -> Result<RoleName, String> {
    RoleName::from_code(&code.replace('-', "_")).filter(|role| role.is_staff()).ok_or_else(|| {
        let roles: Vec<&str> = RoleName::ALL.iter().filter(|r| r.is_staff()).map(|r| r.code()).collect();
        format!("it must be one of {}", roles.join(", "))
    })
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::ALL.into_iter().find(|lang| lang.code() == code).ok_or_else(|| "it must be en, fr or es".into())
}

pub(super) async fn run(command: &Command) -> Result<()> {
    if let Command::Invite(invite) = command {
        invite.check()?;
    }
    let base = Base::from_env()?;
    let database = Database::open(&base).await?;
    database.migrate().await?;
    let system = System::new(database.db(&base), Clock::System);
    let done = match command {
        Command::Invite(it) => invite(&system, it).await,
        Command::List => list(&system).await,
        Command::Disable { email } => disable(&system, email).await,
    };
    drop(system);
    database.close().await;
    done
}

impl Invite {
    /// What can be told without the database.
    fn check(&self) -> Result<()> {
        if self.email.parse::<lettre::Address>().is_err() || self.email.len() > 254 {
            return Err(Trouble::new(
                format!("{:?} is no e-mail address", self.email),
                "Write it as name@example.org.",
            ));
        }
        if self.name.trim().is_empty() {
            return Err(Trouble::new("the name is empty", "Write it as --name \"Ana Beltrán\"."));
        }
        let supervises = self.roles.contains(&RoleName::Supervisor);
        match (supervises, self.offices.is_empty()) {
            (true, true) => Err(Trouble::new(
                "a supervisor supervises at an office",
                "Add --office, such as --office nairobi.",
            )),
            (false, false) => Err(Trouble::new(
                "only supervisors have offices",
                "Add --role supervisor, or leave --office out.",
            )),
            _ => Ok(()),
        }
    }

    fn names(&self) -> (String, String) {
        let words: Vec<&str> = self.name.split_whitespace().collect();
        match words.split_last() {
            Some((family, given)) => (given.join(" "), (*family).to_owned()),
            None => (String::new(), String::new()),
        }
    }
}

async fn invite(system: &System, it: &Invite) -> Result<()> {
    let mut tx = system.begin().await.map_err(refused)?;
    let unknown = unknown_offices(&mut tx, &it.offices).await.map_err(refused)?;
    if !unknown.is_empty() {
        let open = open_offices(&mut tx).await.map_err(refused)?;
        return Err(Trouble::new(
            format!("there is no open office called {}", unknown.join(", ")),
            format!("These are open: {}.", open.join(", ")),
        ));
    }
    let account = open_account(&mut tx, it).await.map_err(refused)?;
    let letters = if account.has_password { vec![] } else { vec![(account.id, Letter::Invitation)] };
    let done = tx.note(Note::Invited, account.id.0, &letters).await.map_err(refused)?;
    tx.commit(done).await.map_err(refused)?;
    if account.has_password {
        say(format!("{} had an account already; the roles were added.", it.email));
    } else {
        say(format!("{} is invited. The letter leaves as soon as the server runs.", it.email));
    }
    Ok(())
}

async fn list(system: &System) -> Result<()> {
    let mut tx = system.begin().await.map_err(refused)?;
    let members = members(&mut tx).await.map_err(refused)?;
    if members.is_empty() {
        say("Nobody works here yet. `stagiaire staff invite --help` says how to begin.");
    }
    for it in members {
        let offices =
            if it.offices.is_empty() { String::new() } else { format!(" at {}", it.offices.join(", ")) };
        say(format!("{:<10}{:<34}{}: {}{offices}", it.standing, it.email, it.name, it.roles.join(", ")));
    }
    Ok(())
}

async fn disable(system: &System, email: &str) -> Result<()> {
    let mut tx = system.begin().await.map_err(refused)?;
    let nobody = || {
        Trouble::new(
            format!("no member of staff with an open account has the address {email}"),
            "`stagiaire staff list` shows them all.",
        )
    };
    let id = close_account(&mut tx, email).await.map_err(refused)?.ok_or_else(nobody)?;
    let done = tx.note(Note::Disabled, id, &[]).await.map_err(refused)?;
    tx.commit(done).await.map_err(refused)?;
    say(format!("{email} is disabled and signed out everywhere."));
    Ok(())
}

fn refused(error: impl Into<crate::db::Error>) -> Trouble {
    Trouble::new(
        format!("the database refused: {}", error.into()),
        "Nothing was changed. `stagiaire check` says whether everything is in order.",
    )
}

struct Account {
    id: PersonId,
    has_password: bool,
}

/// A new account, or the one that has this address, with the roles and offices.
async fn open_account(tx: &mut Tx<System>, it: &Invite) -> sqlx::Result<Account> {
    let (given, family) = it.names();
    let now = tx.now();
    let account = sqlx::query!(
        r#"insert into person (id, email, given_names, family_names, lang, created_at)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (email_key) do update set disabled_at = null
           returning id, password_hash is not null as "has_password!""#,
        Uuid::now_v7(),
        it.email,
        given,
        family,
        it.lang.code(),
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    let roles: Vec<String> = it.roles.iter().map(|role| role.code().to_owned()).collect();
    sqlx::query!(
        "insert into person_role (person_id, role) select $1, unnest($2::text[]) on conflict do nothing",
        account.id,
        &roles
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "insert into supervisor_office (person_id, office_id) select $1, unnest($2::text[])
         on conflict do nothing",
        account.id,
        &it.offices
    )
    .execute(&mut **tx)
    .await?;
    Ok(Account { id: account.id.into(), has_password: account.has_password })
}

async fn unknown_offices(tx: &mut Tx<System>, offices: &[String]) -> sqlx::Result<Vec<String>> {
    let today = tx.today();
    sqlx::query_scalar!(
        r#"select wanted as "wanted!" from unnest($1::text[]) as wanted where not exists
               (select from office where id = wanted and (closed_on is null or closed_on > $2))"#,
        offices,
        today
    )
    .fetch_all(&mut **tx)
    .await
}

async fn open_offices(tx: &mut Tx<System>) -> sqlx::Result<Vec<String>> {
    let today = tx.today();
    sqlx::query_scalar!("select id from office where closed_on is null or closed_on > $1 order by id", today)
        .fetch_all(&mut **tx)
        .await
}

struct Member {
    email: String,
    name: String,
    standing: String,
    roles: Vec<String>,
    offices: Vec<String>,
}

async fn members(tx: &mut Tx<System>) -> sqlx::Result<Vec<Member>> {
    sqlx::query_as!(
        Member,
        r#"select email, trim(given_names || ' ' || family_names) as "name!",
               case when disabled_at is not null then 'disabled' when password_hash is null then 'invited'
                   else 'active' end as "standing!",
               array(select role from person_role where person_id = id and role <> 'candidate' order by role)
                   as "roles!",
               array(select office_id from supervisor_office where person_id = id order by office_id)
                   as "offices!"
           from person where exists (select from person_role where person_id = id and role <> 'candidate')
           order by email_key"#
    )
    .fetch_all(&mut **tx)
    .await
}

/// `None`: nobody to disable.
async fn close_account(tx: &mut Tx<System>, email: &str) -> sqlx::Result<Option<Uuid>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with closed as (
               update person set disabled_at = $2 where email_key = lower($1) and disabled_at is null
                   and exists (select from person_role where person_id = id and role <> 'candidate')
               returning id),
           sessions as (delete from session using closed where person_id = closed.id),
           links as (delete from link_token using closed where person_id = closed.id and used_at is null)
           select id as "id!" from closed"#,
        email,
        now
    )
    .fetch_optional(&mut **tx)
    .await
}
