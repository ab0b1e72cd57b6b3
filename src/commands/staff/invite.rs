//! Opens an account for a member of staff, or adds roles to one.

use super::{Result, Trouble, refused, say};
use crate::db::{Note, Tx};
use crate::domain::letter::Letter;
use crate::domain::role::RoleName;
use crate::staff::{self, Newcomer};
use crate::system::System;
use crate::text::Lang;
use uuid::Uuid;

#[derive(clap::Args)]
pub struct Invite {
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

impl Invite {
    /// What can be told without the database.
    pub fn check(&self) -> Result<()> {
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

    fn newcomer(&self) -> Newcomer {
        let (given_names, family_names) = self.names();
        Newcomer {
            id: Uuid::now_v7(),
            email: self.email.clone(),
            given_names,
            family_names,
            lang: self.lang,
            roles: self.roles.clone(),
            offices: self.offices.clone(),
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

pub(super) async fn run(system: &System, it: &Invite) -> Result<()> {
    let mut tx = system.begin().await.map_err(refused)?;
    let (now, today) = (tx.now(), tx.today());
    let unknown = staff::unknown_offices(&mut tx, &it.offices, today).await.map_err(refused)?;
    if !unknown.is_empty() {
        let open = open_offices(&mut tx).await.map_err(refused)?;
        return Err(Trouble::new(
            format!("there is no open office called {}", unknown.join(", ")),
            format!("These are open: {}.", open.join(", ")),
        ));
    }
    let account = staff::open_account(&mut tx, now, &it.newcomer()).await.map_err(refused)?;
    let letters = if account.signs_in { vec![] } else { vec![(account.id, Letter::Invitation)] };
    let done = tx.note(Note::Invited, account.id.0, &letters).await.map_err(refused)?;
    tx.commit(done).await.map_err(refused)?;
    if account.signs_in {
        say(format!("{} had an account already; the roles were added.", it.email));
    } else {
        say(format!("{} is invited. The letter leaves as soon as the server runs.", it.email));
    }
    Ok(())
}

async fn open_offices(tx: &mut Tx<System>) -> sqlx::Result<Vec<String>> {
    let today = tx.today();
    sqlx::query_scalar!("select id from office where closed_on is null or closed_on > $1 order by id", today)
        .fetch_all(&mut **tx)
        .await
}
