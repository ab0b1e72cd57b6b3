//! What anybody does with their own account: sessions, password, address, language of letters, a copy of everything,
//! consents, and the end of it.

mod again;
mod consents;
mod data;
mod delete;
mod deputy;
mod email;
mod email_link;
mod everything;
mod language;
mod opened;
mod password;
mod second_factor;
mod sessions;
mod show;

use crate::db::Tx;
use crate::text::texts;
use crate::web::{App, Member, Problem, Result};

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(show::routes())
        .merge(sessions::routes())
        .merge(password::routes())
        .merge(second_factor::routes())
        .merge(again::routes())
        .merge(email::routes())
        .merge(email_link::routes())
        .merge(language::routes())
        .merge(data::routes())
        .merge(opened::routes())
        .merge(consents::routes())
        .merge(delete::routes())
        .merge(deputy::routes())
}

/// Tries of the current password in a quarter of an hour, all forms together.
const TRIES: i32 = 10;
const WINDOW_SECONDS: i64 = 900;

/// The hash of the current password, if the password typed in the field `current_password` is it: whoever finds an
/// open session may not take the account over. No connection is held meanwhile.
async fn prove(me: &Member, typed: &str) -> Result<Result<String, Problem>> {
    let at = |why: fn(&Shared) -> String| Problem::at("current_password", move |l| why(&Shared(l)));
    if typed.is_empty() {
        return Ok(Err(at(Shared::enter_password)));
    }
    if !me.may_try("current password", TRIES, WINDOW_SECONDS).await? {
        return Ok(Err(at(Shared::too_often)));
    }
    let stored = {
        let mut tx = me.begin().await?;
        let stored = sqlx::query_scalar!("select password_hash from person where id = $1", me.id.0);
        stored.fetch_one(&mut *tx).await?
    };
    let right = me.passwords().verify(typed.to_owned(), stored.clone()).await;
    Ok(stored.filter(|_| right).ok_or_else(|| at(Shared::wrong_password)))
}

/// Holds the account until the commit, if its password is still the one that was proved.
async fn hold(tx: &mut Tx<Member>, proved: &str) -> Result<()> {
    let me = tx.actor();
    let held = sqlx::query!(
        "select from person where id = $1 and password_hash = $2 and disabled_at is null for update",
        me.0,
        proved
    );
    held.fetch_optional(&mut **tx).await?.map(drop).ok_or(crate::web::Error::Conflict)
}

/// Ends the sessions of other browsers, and says how many.
async fn end_others(tx: &mut Tx<Member>, me: &Member) -> Result<u64> {
    let ended =
        sqlx::query!("delete from session where person_id = $1 and token_hash <> $2", me.id.0, me.session);
    Ok(ended.execute(&mut **tx).await?.rows_affected())
}

/// A transaction of somebody whose password was proved, and is still the one.
async fn proved(me: &Member, typed: &str) -> Result<Result<Tx<Member>, Problem>> {
    let hash = match prove(me, typed).await? {
        Ok(hash) => hash,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut tx = me.begin().await?;
    hold(&mut tx, &hash).await?;
    Ok(Ok(tx))
}

texts!(Shared {
    back: "Your account", "Votre compte", "Su cuenta";
    current_password: "Current password", "Mot de passe actuel", "Contraseña actual";
    enter_password: "Enter your current password", "Indiquez votre mot de passe actuel", "Indique su contraseña actual";
    wrong_password: "This is not the password of your account", "Ce n’est pas le mot de passe de votre compte", "Esta no es la contraseña de su cuenta";
    too_often: "Too many attempts. Wait 15 minutes, then try again", "Trop de tentatives. Attendez 15 minutes, puis réessayez",
        "Demasiados intentos. Espere 15 minutos y vuelva a intentarlo";
});
