//! People in the pool who may soon start no more: the next to go first.

use crate::db::Tx;
use crate::domain::pool::CLOSING_DAYS;
use crate::sheets::{self, Format};
use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{App, HrReviewer, Page, Path, Query, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{Days, NaiveDate};
use std::sync::Arc;
use uuid::Uuid;

const PER_PAGE: usize = 25;

pub fn routes() -> Router<App> {
    Router::new().route("/review/closing", get(list)).route("/review/closing/export/{format}", get(export))
}

#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Filter {
    /// Where the page before ended.
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "matching/closing.html")]
struct View {
    page: Page<Text>,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<Uuid>,
}

struct Line {
    id: Uuid,
    name: String,
    reference: String,
    last_start: NaiveDate,
    starts_on: NaiveDate,
}

async fn list(me: HrReviewer, Query(filter): Query<Filter>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mut lines = lines(&mut tx, filter.after, PER_PAGE + 1).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    let view = View { page: me.page(Text), next, is_first: filter.after.is_none(), lines };
    html(StatusCode::OK, &view)
}

async fn export(Recent(me): Recent<HrReviewer>, Path(format): Path<Format>) -> Result<Response> {
    let tx = me.begin().await?;
    let t = Text(me.lang);
    let heads = vec![t.reference(), t.candidate(), t.last(), t.wished()];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let me = me.clone();
        async move {
            let lines = lines(&mut me.begin().await?, after, sheets::PAGE).await?;
            let row =
                |l: Line| vec![l.reference.into(), l.name.into(), l.last_start.into(), l.starts_on.into()];
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "closing", heads, pages).await
}

/// The next to go first, from where the page before ended.
async fn lines(tx: &mut Tx<HrReviewer>, after: Option<Uuid>, limit: usize) -> Result<Vec<Line>> {
    let (me, today) = (tx.actor(), tx.today());
    let lines = sqlx::query_as!(
        Line,
        r#"select a.id as "id!", a.name as "name!", a.reference as "reference!", e.last_start as "last_start!",
               a.starts_on as "starts_on!"
           from pool_entry e join cases_open_to($3) a on a.id = e.application_id
           where e.last_start between $1 and $2
               and ($4::uuid is null or (e.last_start, e.application_id)
                   > (select l.last_start, l.application_id from pool_entry l where l.application_id = $4))
           order by e.last_start, e.application_id limit $5"#,
        today,
        today.checked_add_days(Days::new(CLOSING_DAYS)).unwrap_or(today),
        me.0,
        after,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    Ok(lines.fetch_all(&mut **tx).await?)
}

texts!(Text {
    reference: "Reference", "Référence", "Referencia";
    title: "Last chance to place", "Dernière possibilité d’affectation", "Última oportunidad de asignar";
    lead(days): "The rules let these people in the pool start for {days} more days at most. The list is made anew every night.",
        "Les règles ne permettent plus à ces personnes du vivier de commencer que pendant {days} jours au plus. La liste est refaite chaque nuit.",
        "Las normas solo permiten a estas personas de la bolsa empezar durante {days} días más como máximo. La lista se rehace cada noche.";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    last: "Last day to start", "Dernier jour pour commencer", "Último día para empezar";
    wished: "Wishes to start", "Souhaite commencer", "Desea empezar";
    action: "Action", "Action", "Acción";
    propose: "Propose", "Proposer", "Proponer";
    none: "Nobody", "Personne", "Nadie";
    none_lead: "No one in the pool loses the right to start soon.", "Personne dans le vivier ne perd bientôt la possibilité de commencer.",
        "Nadie en la bolsa pierde pronto la posibilidad de empezar.";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
