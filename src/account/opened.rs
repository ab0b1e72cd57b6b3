//! Who opened my files: every time somebody who works here did, and in which role.

use super::Shared;
use crate::domain::role::RoleName;
use crate::explain;
use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{App, Member, Page, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};

pub fn routes() -> Router<App> {
    Router::new().route("/account/opened", get(show))
}

const PER_PAGE: usize = 25;

/// Older than this event of the record.
#[derive(Clone, Copy, Default, serde::Deserialize)]
#[serde(default)]
struct From {
    before: Option<i64>,
}

#[derive(askama::Template)]
#[template(path = "account/opened.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    looks: Vec<Look>,
    is_first: bool,
    older: Option<i64>,
}

/// One file, opened once.
struct Look {
    at: DateTime<Utc>,
    file: String,
    role: String,
}

async fn show(me: Member, Query(from): Query<From>) -> Result<Response> {
    let mut tx = me.begin_to_read().await?;
    let mut rows = sqlx::query!(
        r#"with mine as (
               select id, file_name from document where person_id = $1
               union all
               select d.id, d.file_name from onboarding_document d join placement p on p.id = d.placement_id
                   join application a on a.id = p.application_id where a.candidate_id = $1
               union all
               select d.id, d.file_name from message_document d join message m on m.id = d.message_id
                   join application a on a.id = m.application_id where a.candidate_id = $1 and m.author_id = $1)
           select e.id as "id!", e.at as "at!", e.actor_role as "role!", mine.file_name as "file!"
           from mine cross join lateral (
               select id, at, actor_role from audit_event
               where subject = 'document' and subject_id = mine.id
                   and action in ('open_document', 'open_medical_file') and actor_id <> $1
                   and ($2::bigint is null or id < $2) order by id desc limit $3) e
           order by e.id desc limit $3"#,
        me.id.0,
        from.before,
        PER_PAGE as i64 + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    let older = next_after(&mut rows, PER_PAGE, |last| last.id);
    let role = |code: &str| RoleName::from_code(code).map(|role| explain::role::name(role, me.lang));
    let looks = rows
        .into_iter()
        .map(|row| Look { at: row.at, role: role(&row.role).unwrap_or(row.role), file: row.file })
        .collect();
    let (page, shared) = (me.page(Text), Shared(me.lang));
    html(StatusCode::OK, &View { page, shared, looks, is_first: from.before.is_none(), older })
}

texts!(Text {
    title: "Who opened your files", "Qui a ouvert vos fichiers", "Quién abrió sus archivos";
    lead: "Every time somebody who works here opens one of your files, it is written down here. Medical files are opened by the medical officer alone.",
        "Chaque ouverture d’un de vos fichiers par une personne qui travaille ici est inscrite ici. Seul le service médical ouvre les fichiers médicaux.",
        "Cada vez que alguien que trabaja aquí abre uno de sus archivos, queda anotado aquí. Solo el personal médico abre los archivos médicos.";
    none: "Nobody has opened one yet.", "Personne n’en a encore ouvert.", "Nadie ha abierto ninguno todavía.";
    none_older: "Nothing older.", "Rien de plus ancien.", "Nada más antiguo.";
    pages: "Pages", "Pages", "Páginas";
    newest: "Newest", "Plus récentes", "Más recientes";
    older: "Older", "Plus anciennes", "Más antiguas";
});
