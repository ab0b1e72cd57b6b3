//! Opens an account for a member of staff, or adds roles to one.

use super::{Result, Trouble, refused, say};
use crate::db::{Note, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::role::RoleName;
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

struct Account {
    id: PersonId,
    has_password: bool,
}

/// A new account, or the one that has this address, with the roles and offices. Whoever registered with an address
/// that nobody has confirmed may be somebody else: their name and password do not count.
async fn open_account(tx: &mut Tx<System>, it: &Invite) -> sqlx::Result<Account> {
    let (given, family) = it.names();
    let now = tx.now();
    let account = sqlx::query!(
        r#"insert into person (id, email, given_names, family_names, lang, created_at)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (email_key) do update set disabled_at = null,
               given_names = case when person.email_confirmed_at is null then excluded.given_names
                   else person.given_names end,
               family_names = case when person.email_confirmed_at is null then excluded.family_names
                   else person.family_names end,
               password_hash = case when person.email_confirmed_at is not null then person.password_hash end
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
    // a session of a candidate outlasts one of staff: whoever gets more to see signs in anew
    sqlx::query!("delete from session where person_id = $1", account.id).execute(&mut **tx).await?;
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
