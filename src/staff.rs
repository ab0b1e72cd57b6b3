//! Who works here: accounts are opened by invitation and closed, never deleted.

use crate::domain::PersonId;
use crate::domain::role::RoleName;
use crate::text::Lang;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Somebody who is to work here.
pub struct Newcomer {
    /// Of the account, if none has this address yet.
    pub id: Uuid,
    pub email: String,
    pub given_names: String,
    pub family_names: String,
    pub lang: Lang,
    pub roles: Vec<RoleName>,
    /// Where a supervisor works.
    pub offices: Vec<String>,
}

/// What became of an invitation.
pub struct Account {
    pub id: PersonId,
    /// Nobody needs to be sent a link to choose one.
    pub signs_in: bool,
    /// `false`: all of it was so before.
    pub is_changed: bool,
}

/// A new account, or the one that has this address, with the roles and offices. Whoever registered with an address
/// that nobody has confirmed may be somebody else: their name and password do not count.
///
/// # Errors
/// If the database fails, or an office is not known.
pub async fn open_account(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    it: &Newcomer,
) -> sqlx::Result<Account> {
    let closed = sqlx::query_scalar!(
        r#"select disabled_at is not null as "closed!" from person where email_key = lower($1) for update"#,
        it.email
    );
    let closed = closed.fetch_optional(&mut *connection).await?.unwrap_or_default();
    let account = sqlx::query!(
        r#"insert into person (id, email, given_names, family_names, lang, created_at)
           select case when exists (select from person where id = $1 and email_key <> lower($2))
                   then gen_random_uuid() else $1 end, $2, $3, $4, $5, $6
           on conflict (email_key) do update set
               given_names = case when person.email_confirmed_at is null then excluded.given_names
                   else person.given_names end,
               family_names = case when person.email_confirmed_at is null then excluded.family_names
                   else person.family_names end
           returning id, xmax = 0 as "is_new!""#,
        it.id,
        it.email,
        it.given_names,
        it.family_names,
        it.lang.code(),
        now
    );
    let account = account.fetch_one(&mut *connection).await?;
    // while the account is closed still: that tells that its password is of before
    let signs_in =
        sqlx::query_scalar!(r#"select signs_in($1, keep_proven_password($1)) as "signs_in!""#, account.id);
    let signs_in = signs_in.fetch_one(&mut *connection).await?;
    sqlx::query!(
        "update person set disabled_at = null where id = $1 and disabled_at is not null",
        account.id
    )
    .execute(&mut *connection)
    .await?;
    let roles = set_roles(connection, account.id, &it.roles, &it.offices, false).await?;
    let is_changed = account.is_new || closed || roles;
    if is_changed {
        end_sessions(connection, account.id).await?;
    }
    Ok(Account { id: account.id.into(), signs_in, is_changed })
}

/// Gives somebody roles and offices; `whole`: these and no others, a candidate's aside. Says whether that changed
/// anything. Whoever gets more to see, or less, signs in anew: see [`end_sessions`].
///
/// # Errors
/// If the database fails. Its constraint `last_administrator` refuses to take the role from the last one.
pub async fn set_roles(
    connection: &mut PgConnection,
    person: Uuid,
    roles: &[RoleName],
    offices: &[String],
    whole: bool,
) -> sqlx::Result<bool> {
    let roles: Vec<String> = roles.iter().map(|role| role.code().to_owned()).collect();
    let mut changed = 0;
    if whole {
        let gone = sqlx::query!(
            "delete from person_role where person_id = $1 and role <> 'candidate' and role <> all($2)",
            person,
            &roles
        );
        changed += gone.execute(&mut *connection).await?.rows_affected();
        let gone = sqlx::query!(
            "delete from supervisor_office where person_id = $1 and office_id <> all($2)",
            person,
            offices
        );
        changed += gone.execute(&mut *connection).await?.rows_affected();
    }
    let added = sqlx::query!(
        "insert into person_role (person_id, role) select $1, unnest($2::text[]) on conflict do nothing",
        person,
        &roles
    );
    changed += added.execute(&mut *connection).await?.rows_affected();
    let added = sqlx::query!(
        "insert into supervisor_office (person_id, office_id) select $1, unnest($2::text[])
         on conflict do nothing",
        person,
        offices
    );
    changed += added.execute(&mut *connection).await?.rows_affected();
    Ok(changed > 0)
}

/// A session of a candidate outlasts one of staff, and a page that is open shows what was allowed before.
///
/// # Errors
/// If the database fails.
pub async fn end_sessions(connection: &mut PgConnection, person: Uuid) -> sqlx::Result<u64> {
    let ended = sqlx::query!("delete from session where person_id = $1", person);
    Ok(ended.execute(connection).await?.rows_affected())
}

/// Closes the account of a member of staff, its sessions and its links. `false`: it is closed already, or none.
///
/// # Errors
/// If the database fails. Its constraint `last_administrator` refuses to close the account of the last one.
pub async fn close_account(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    person: Uuid,
) -> sqlx::Result<bool> {
    let closed = sqlx::query!(
        "update person set disabled_at = $2 where id = $1 and disabled_at is null
             and exists (select from person_role where person_id = id and role <> 'candidate')",
        person,
        now
    );
    if closed.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    end_sessions(connection, person).await?;
    sqlx::query!("delete from link_token where person_id = $1 and used_at is null", person)
        .execute(connection)
        .await?;
    Ok(true)
}

/// The offices of a list that are not open on a day, or not known.
///
/// # Errors
/// If the database fails.
pub async fn unknown_offices(
    connection: &mut PgConnection,
    offices: &[String],
    today: NaiveDate,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select wanted as "wanted!" from unnest($1::text[]) as wanted where not exists
               (select from office where id = wanted and (closed_on is null or closed_on > $2))"#,
        offices,
        today
    )
    .fetch_all(connection)
    .await
}
