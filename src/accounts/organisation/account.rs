//! Whose account it is that somebody signs in to by the organisation, and what its groups make of it.

use super::Why;
use crate::db::{Done, Note, Tx};
use crate::domain::PersonId;
use crate::domain::role::RoleName;
use crate::provider::Identity;
use crate::provider::settings::{Settings, Worth};
use crate::staff::{self, Newcomer};
use crate::web::{Anyone, Error, Result as Outcome};
use uuid::Uuid;

/// An account to be opened.
pub struct Account {
    pub id: PersonId,
    pub roles: Vec<RoleName>,
}

/// Whom the identity is here, and what was done to the account on the way: what its groups have taken away stays taken
/// away, even if nothing is left to be opened.
pub struct Found {
    pub account: Result<Account, Why>,
    pub done: Option<Done>,
}

impl From<Why> for Found {
    fn from(why: Why) -> Self {
        Found { account: Err(why), done: None }
    }
}

/// The account that is linked to the identity; else the one of its address, if it works here or its groups let it: it is
/// linked from now on, and its password is gone. Roles are those that the groups are worth, where they are worth any.
pub async fn of(tx: &mut Tx<Anyone>, settings: &Settings, it: &Identity) -> Outcome<Found> {
    let worth = settings.worth(&it.groups);
    // two tabs that come back at once follow each other: the second finds what the first has linked
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0))",
        settings.issuer.as_str(),
        it.subject
    )
    .execute(&mut **tx)
    .await?;
    let linked = sqlx::query!(
        r#"select p.id, p.disabled_at is not null as "closed!"
           from organisation_identity i join person p on p.id = i.person_id
           where (i.issuer, i.subject) = ($1, $2) for no key update of p"#,
        settings.issuer.as_str(),
        it.subject
    );
    let (id, mut done) = match linked.fetch_optional(&mut **tx).await? {
        Some(row) if row.closed => return Ok(Why::Closed.into()),
        Some(row) => (row.id, None),
        None => match link(tx, settings, it, worth.as_ref()).await? {
            Ok((id, done)) => (id, Some(done)),
            Err(why) => return Ok(why.into()),
        },
    };
    if let Some(worth) = &worth {
        let offices = known(tx, worth).await?;
        match staff::set_roles(tx, id, &worth.roles, &offices, true).await.map_err(Error::from) {
            Ok(false) => {}
            Ok(true) => {
                staff::end_sessions(tx, id).await?;
                let changed = tx.note(Note::RolesChanged, id, &[]).await?;
                done = Done::either(done, Some(changed));
            }
            Err(error) if error.constraint() == Some("last_administrator") => {
                return Ok(Why::LastAdministrator.into());
            }
            Err(error) => return Err(error),
        }
    }
    let roles = sqlx::query_scalar!("select role from person_role where person_id = $1", id);
    let roles = roles.fetch_all(&mut **tx).await?;
    let roles: Vec<RoleName> = roles.iter().filter_map(|code| RoleName::from_code(code)).collect();
    let account = match roles.iter().any(|role| role.is_staff()) {
        true => Ok(Account { id: PersonId(id), roles }),
        false => Err(Why::Unknown),
    };
    Ok(Found { account, done })
}

/// Links the account of this address.
async fn link(
    tx: &mut Tx<Anyone>,
    settings: &Settings,
    it: &Identity,
    worth: Option<&Worth>,
) -> Outcome<Result<(Uuid, Done), Why>> {
    let Some(email) = &it.email else { return Ok(Err(Why::NoAddress)) };
    let now = tx.now();
    let there = sqlx::query!(
        r#"select id, disabled_at is not null as "closed!",
               exists (select from person_role r where r.person_id = p.id and r.role <> 'candidate') as "works_here!",
               exists (select from organisation_identity i where i.person_id = p.id) as "is_linked!"
           from person p where email_key = lower($1) for no key update"#,
        email
    );
    let there = there.fetch_optional(&mut **tx).await?;
    let gets_in = worth.is_some_and(|worth| !worth.roles.is_empty());
    let works_here = there.as_ref().is_some_and(|there| there.works_here);
    // an address that passed from one person to another opens nothing of the first one's
    if there.as_ref().is_some_and(|there| there.closed || there.is_linked) {
        return Ok(Err(Why::Closed));
    }
    if !works_here && !gets_in {
        return Ok(Err(Why::Unknown));
    }
    let roles = worth.map(|worth| worth.roles.clone()).unwrap_or_default();
    let newcomer = Newcomer {
        id: Uuid::now_v7(),
        email: email.clone(),
        given_names: it.given_names.clone(),
        family_names: match it.family_names.is_empty() {
            true => email.split('@').next().unwrap_or_default().to_owned(),
            false => it.family_names.clone(),
        },
        lang: it.lang,
        roles,
        offices: vec![],
    };
    let id = staff::open_account(tx, now, &newcomer).await?.id.0;
    let linked = sqlx::query!(
        "insert into organisation_identity (person_id, issuer, subject, linked_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        id,
        settings.issuer.as_str(),
        it.subject,
        now
    );
    if linked.execute(&mut **tx).await?.rows_affected() == 0 {
        // by somebody else, this very moment
        return Ok(Err(Why::Stale));
    }
    sqlx::query!(
        "update person set password_hash = null, email_confirmed_at = coalesce(email_confirmed_at, $2) where id = $1",
        id,
        now
    )
    .execute(&mut **tx)
    .await?;
    staff::end_sessions(tx, id).await?;
    sqlx::query!("delete from link_token where person_id = $1 and used_at is null", id)
        .execute(&mut **tx)
        .await?;
    let linked = tx.note(Note::IdentityLinked, id, &[]).await?;
    match there {
        Some(_) => Ok(Ok((id, linked))),
        None => Ok(Ok((id, tx.note(Note::AccountOpened, id, &[]).await?.and(linked)))),
    }
}

/// The offices among those of the groups that there are.
async fn known(tx: &mut Tx<Anyone>, worth: &Worth) -> Outcome<Vec<String>> {
    let today = tx.today();
    let unknown = staff::unknown_offices(tx, &worth.offices, today).await?;
    if !unknown.is_empty() {
        tracing::warn!(offices = ?unknown, "groups are worth offices that are not open");
    }
    Ok(worth.offices.iter().filter(|office| !unknown.contains(office)).cloned().collect())
}
