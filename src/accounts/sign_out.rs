//! Somebody signs out: the session ends here, not only in the browser.

use super::see_other_with;
use crate::db::Note;
use crate::web::{Anyone, App, Result, session};
use axum::{Router, response::Response, routing::post};

pub fn routes() -> Router<App> {
    Router::new().route("/sign-out", post(sign_out))
}

async fn sign_out(me: Anyone) -> Result<Response> {
    let mut token = None;
    if let Some(person) = me.person {
        let mut tx = me.begin().await?;
        let of = sqlx::query_scalar!(
            r#"select locked_token as "token!" from organisation_session
               where token_hash = $1 and locked_token is not null"#,
            me.session
        );
        let locked = of.fetch_optional(&mut *tx).await?;
        // without it, because its key was taken away, they leave here alone
        let opened = locked.and_then(|locked| me.vault().unlock(person.0, &locked).ok());
        token = opened.and_then(|opened| String::from_utf8(opened).ok());
        sqlx::query!("delete from session where token_hash = $1", me.session).execute(&mut *tx).await?;
        let done = tx.note(Note::SignedOut, person.0, &[]).await?;
        tx.commit(done).await?;
    }
    let cookie = session::end_cookie(me.settings().https)?;
    // whoever came from the organisation's identity provider leaves there, too, and is sent back
    let there = match (me.provider(), token) {
        (Some(provider), Some(token)) => provider.leave(me.now(), &token, me.lang).await,
        _ => None,
    };
    Ok(see_other_with(there.as_deref().unwrap_or("/sign-in?after=sign-out"), cookie))
}
