//! One click in a letter ends the letters about openings: by a mail program without a visit (RFC 8058), or by hand.

use super::letters;
use crate::db::Tx;
use crate::domain::PersonId;
use crate::text::texts;
use crate::web::{Anyone, App, Page, Path, Result, html, session};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/unsubscribe/{token}", get(ask).post(end))
}

#[derive(askama::Template)]
#[template(path = "openings/unsubscribe.html")]
struct View {
    page: Page<Text>,
    is_done: bool,
}

async fn ask(anyone: Anyone, Path(token): Path<String>) -> Result<Response> {
    owner(&mut anyone.begin().await?, &token).await?;
    html(StatusCode::OK, &View { page: anyone.page(Text), is_done: false })
}

/// Answered at once and never by a redirect, whatever the body says and whoever is signed in (RFC 8058, 3.1).
/// Twice is as good as once.
async fn end(anyone: Anyone, Path(token): Path<String>) -> Result<Response> {
    let mut tx = anyone.begin().await?;
    let owner = owner(&mut tx, &token).await?;
    if let Some(done) = letters::end(&mut tx, owner).await? {
        tx.commit(done).await?;
    }
    html(StatusCode::OK, &View { page: anyone.page(Text), is_done: true })
}

/// Whose letters a token ends.
///
/// # Errors
/// [`Error::NotFound`](crate::web::Error::NotFound) if it was never in a letter.
async fn owner(tx: &mut Tx<Anyone>, token: &str) -> Result<PersonId> {
    let owner = sqlx::query_scalar!(
        "select person_id from unsubscribe_token where token_hash = $1",
        session::hash(token)
    );
    Ok(owner.fetch_one(&mut **tx).await?.into())
}

texts!(Text {
    title: "End the letters about openings", "Ne plus recevoir de courriels sur les annonces", "Dejar de recibir mensajes sobre vacantes";
    lead: "You will not get letters about new openings any more. Letters about your own application still reach you.",
        "Vous ne recevrez plus de courriels sur les nouvelles annonces. Ceux qui concernent votre candidature vous parviendront toujours.",
        "Dejará de recibir mensajes sobre nuevas vacantes. Los que tratan de su candidatura le seguirán llegando.";
    end: "End these letters", "Ne plus les recevoir", "Dejar de recibirlos";
    done: "You get no more letters about openings", "Vous ne recevez plus de courriels sur les annonces", "Ya no recibe mensajes sobre vacantes";
    done_lead: "You can begin again at any time in your account. Your profile and your application stay as they are.",
        "Vous pouvez recommencer à tout moment dans votre compte. Votre dossier et votre candidature restent tels quels.",
        "Puede volver a empezar en cualquier momento en su cuenta. Su perfil y su candidatura quedan como están.";
    openings: "See the openings", "Voir les annonces", "Ver las vacantes";
});
