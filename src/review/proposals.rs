//! Proposals to close a duplicate that wait for a second reviewer, the oldest first.

use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{App, HrReviewer, Page, Query, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/duplicates", get(list))
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
    let mut tx = me.begin().await?;
    let mut lines = sqlx::query_as!(
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
        me.id.0,
        from.after,
        PER_PAGE as i64 + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    html(StatusCode::OK, &View { page: me.page(Text), lines, is_first: from.after.is_none(), next })
}

texts!(Text {
    title: "Proposed duplicates", "Doublons proposés", "Duplicados propuestos";
    lead: "A colleague found that two applications are one person’s. Another one confirms it, or finds that they are two people.",
        "Une personne de l’équipe pense que deux candidatures sont celles d’une même personne. Une autre le confirme, ou constate qu’il s’agit de deux personnes.",
        "Alguien del equipo cree que dos candidaturas son de la misma persona. Otra persona lo confirma o ve que son dos.";
    application: "To be closed", "À clore", "Por cerrar";
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
