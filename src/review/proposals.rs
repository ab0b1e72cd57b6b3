//! Proposals to close a duplicate that wait for a second reviewer, the oldest first.

use crate::db::Tx;
use crate::sheets::{self, Cell, Format};
use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{App, HrReviewer, Page, Path, Query, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/duplicates", get(list))
        .route("/review/duplicates/export/{format}", get(export))
}

const PER_PAGE: usize = 25;

#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct From {
    /// Where the page before ended.
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "review/proposals.html")]
struct View {
    page: Page<Text>,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<Uuid>,
}

struct Line {
    id: Uuid,
    application: Uuid,
    name: String,
    reference: String,
    kept: Uuid,
    kept_reference: String,
    by: String,
    is_mine: bool,
    at: DateTime<Utc>,
}

async fn list(me: HrReviewer, Query(from): Query<From>) -> Result<Response> {
    let mut lines = lines(&mut me.begin().await?, from.after, PER_PAGE + 1).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    html(StatusCode::OK, &View { page: me.page(Text), lines, is_first: from.after.is_none(), next })
}

async fn export(Recent(me): Recent<HrReviewer>, Path(format): Path<Format>) -> Result<Response> {
    let tx = me.begin().await?;
    let t = Text(me.lang);
    let heads = vec![t.application(), t.candidate(), t.kept(), t.by(), t.since()];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let me = me.clone();
        async move {
            let lines = lines(&mut me.begin().await?, after, sheets::PAGE).await?;
            let row = |line: Line| {
                vec![
                    line.reference.into(),
                    line.name.into(),
                    line.kept_reference.into(),
                    line.by.into(),
                    Cell::moment(line.at, me.zone()),
                ]
            };
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "duplicates", heads, pages).await
}

/// The oldest first, from where the page before ended.
async fn lines(tx: &mut Tx<HrReviewer>, after: Option<Uuid>, limit: usize) -> Result<Vec<Line>> {
    let me = tx.actor();
    let lines = sqlx::query_as!(
        Line,
        r#"select p.id, p.application_id as application, a.name as "name!", a.reference as "reference!",
               p.kept_id as kept, k.reference as "kept_reference!",
               trim(who.given_names || ' ' || who.family_names) as "by!", p.proposed_by = $1 as "is_mine!",
               p.proposed_at as at
           from duplicate_proposal p
           join cases_open_to($1) a on a.id = p.application_id
           join cases_open_to($1) k on k.id = p.kept_id
           join person who on who.id = p.proposed_by
           where p.decided_at is null and ($2::uuid is null or (p.proposed_at, p.id)
               > (select b.proposed_at, b.id from duplicate_proposal b where b.id = $2))
           order by p.proposed_at, p.id limit $3"#,
        me.0,
        after,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    Ok(lines.fetch_all(&mut **tx).await?)
}

texts!(Text {
    title: "Proposed duplicates", "Doublons proposés", "Duplicados propuestos";
    lead: "A colleague found that two applications are one person’s. Another one confirms it, or finds that they are two people.",
        "Une personne de l’équipe pense que deux candidatures sont celles d’une même personne. Une autre le confirme, ou constate qu’il s’agit de deux personnes.",
        "Alguien del equipo cree que dos candidaturas son de la misma persona. Otra persona lo confirma o ve que son dos.";
    application: "To be closed", "À clore", "Por cerrar";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    kept: "Kept", "Conservée", "Se conserva";
    by: "Proposed by", "Proposé par", "Propuesto por";
    since: "Since", "Depuis", "Desde";
    yours: "by you: somebody else decides", "par vous : une autre personne décide", "por usted: decide otra persona";
    none: "Nothing waits for a second look", "Rien n’attend un second avis", "Nada espera una segunda opinión";
    none_lead: "Likely duplicates are named on the page of each application.", "Les doublons probables sont indiqués sur la page de chaque candidature.",
        "Los duplicados probables se indican en la página de cada candidatura.";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
