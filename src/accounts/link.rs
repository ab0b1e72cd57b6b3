//! Links in letters: whoever holds one has read the mailbox. Each opens one thing, once, for a while.

use crate::domain::PersonId;
use crate::text::texts;
use crate::web::{Anyone, Page, Result, html, session};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Whose link it is.
pub struct Owner {
    pub id: PersonId,
    pub email: String,
    pub name: String,
}

/// The owner of a link that still works.
pub async fn owner(
    connection: &mut PgConnection,
    token: &str,
    purpose: &str,
    now: DateTime<Utc>,
) -> Result<Option<Owner>> {
    let row = sqlx::query!(
        r#"select p.id, p.email, trim(p.given_names || ' ' || p.family_names) as "name!"
           from link_token t join person p on p.id = t.person_id
           where t.token_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > $3
               and p.disabled_at is null"#,
        session::hash(token),
        purpose,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Owner { id: row.id.into(), email: row.email, name: row.name }))
}

/// Uses the link up, and all others of its kind that the person was sent. `false`: somebody was faster.
pub async fn use_up(
    connection: &mut PgConnection,
    token: &str,
    purpose: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let used = sqlx::query_scalar!(
        "update link_token set used_at = $3
         where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3 returning person_id",
        session::hash(token),
        purpose,
        now
    );
    let Some(person) = used.fetch_optional(&mut *connection).await? else { return Ok(false) };
    sqlx::query!(
        "update link_token set used_at = $3 where person_id = $1 and purpose = $2 and used_at is null",
        person,
        purpose,
        now
    )
    .execute(connection)
    .await?;
    Ok(true)
}

#[derive(askama::Template)]
#[template(path = "accounts/dead_link.html")]
struct DeadLink {
    page: Page<Text>,
    /// Where another one can be asked for, if it can.
    another: Option<&'static str>,
}

/// The page of a link that does not work any more, or never did.
pub fn dead(me: &Anyone, another: Option<&'static str>) -> Result<Response> {
    html(StatusCode::GONE, &DeadLink { page: me.page(Text), another })
}

texts!(Text {
    title: "This link does not work any more", "Ce lien ne fonctionne plus", "Este enlace ya no funciona";
    why: "It was used before, or it is too old. If you used it yourself a moment ago, it did its work: sign in.",
        "Il a déjà été utilisé, ou il est trop ancien. Si vous venez de l’utiliser, il a rempli son rôle : connectez-vous.",
        "Ya se utilizó o es demasiado antiguo. Si acaba de utilizarlo, ya ha cumplido su función: inicie sesión.";
    another: "Ask for another link", "Demander un autre lien", "Pedir otro enlace";
    ask_the_administrator: "If you were invited to work here, ask the administrator for another invitation.",
        "Si vous avez reçu une invitation à travailler ici, demandez-en une autre à l’administration.",
        "Si recibió una invitación para trabajar aquí, pida otra a la administración.";
});
