//! Insurance that ends before the internship it is for: the next to end first.

use super::Reporter;
use crate::db::Tx;
use crate::domain::role::RoleName;
use crate::offices;
use crate::sheets::{self, Format};
use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{App, Member, Page, Path, Query, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

const PER_PAGE: usize = 25;
/// How soon an end is soon, in days.
const SOON: u64 = 60;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/reports/insurance", get(list))
        .route("/reports/insurance/export/{format}", get(export))
}

#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Filter {
    /// Where the page before ended: its last policy.
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "reports/insurance.html")]
struct View {
    page: Page<Text>,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<Uuid>,
    /// Reviewers check documents; the director reads.
    can_open: bool,
}

struct Line {
    /// The policy.
    id: Uuid,
    placement: Uuid,
    reference: String,
    name: String,
    office: String,
    valid_until: NaiveDate,
    ends_on: NaiveDate,
}

async fn list(Reporter(me): Reporter, Query(filter): Query<Filter>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let offices = offices::names(&mut tx, me.lang).await?;
    let mut lines = lines(&mut tx, filter.after, PER_PAGE + 1, &offices).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    let view = View {
        page: me.page(Text),
        next,
        is_first: filter.after.is_none(),
        can_open: me.holds(RoleName::HrReviewer),
        lines,
    };
    html(StatusCode::OK, &view)
}

async fn export(Recent(Reporter(me)): Recent<Reporter>, Path(format): Path<Format>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let offices = Arc::new(offices::names(&mut tx, me.lang).await?);
    let t = Text(me.lang);
    let heads = vec![t.reference(), t.intern(), t.office(), t.valid_until(), t.ends_on()];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let (me, offices) = (me.clone(), offices.clone());
        async move {
            let lines = lines(&mut me.begin().await?, after, sheets::PAGE, &offices).await?;
            let row = |line: Line| {
                vec![
                    line.reference.into(),
                    line.name.into(),
                    line.office.into(),
                    line.valid_until.into(),
                    line.ends_on.into(),
                ]
            };
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "insurance", heads, pages).await
}

/// Policies that count, end soon and before the internship, and are followed by no other.
async fn lines(
    tx: &mut Tx<Member>,
    after: Option<Uuid>,
    limit: usize,
    offices: &HashMap<String, String>,
) -> Result<Vec<Line>> {
    let (me, today) = (tx.actor(), tx.today());
    let lines = sqlx::query_as!(
        Line,
        r#"select d.id, p.id as placement, p.reference, a.name as "name!", p.office_id as office,
               d.valid_until as "valid_until!", p.ends_on
           from onboarding_document d join placement p on p.id = d.placement_id
           join cases_open_to($3) a on a.id = p.application_id
           where d.kind = 'insurance' and d.state = 'verified' and d.valid_until between $1 and $2
               and p.state in ('accepted', 'ready', 'started') and d.valid_until < p.ends_on
               and not exists (select from onboarding_document later where later.placement_id = d.placement_id
                   and later.kind = 'insurance' and later.state = 'verified' and later.valid_until > d.valid_until)
               and ($4::uuid is null or (d.valid_until, d.id)
                   > (select l.valid_until, l.id from onboarding_document l where l.id = $4))
           order by d.valid_until, d.id limit $5"#,
        today,
        today.checked_add_days(Days::new(SOON)).unwrap_or(today),
        me.0,
        after,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    let named =
        |line: Line| Line { office: offices.get(&line.office).cloned().unwrap_or(line.office), ..line };
    Ok(lines.fetch_all(&mut **tx).await?.into_iter().map(named).collect())
}

texts!(Text {
    title: "Insurance that ends before the internship", "Assurances qui se terminent avant le stage", "Seguros que terminan antes que la pasantía";
    lead: "Policies that were accepted and end within 60 days, without another one to follow.",
        "Polices acceptées qui se terminent dans les 60 jours, sans autre pour prendre la suite.",
        "Pólizas aceptadas que terminan en un plazo de 60 días, sin otra que las siga.";
    back: "Dashboard", "Tableau de bord", "Panel";
    reference: "Reference", "Référence", "Referencia";
    intern: "Intern", "Stagiaire", "Persona en pasantía";
    office: "Duty station", "Lieu d’affectation", "Lugar de destino";
    valid_until: "Insured until", "Assurance jusqu’au", "Con seguro hasta";
    ends_on: "Last day", "Dernier jour", "Último día";
    none: "Nobody", "Personne", "Nadie";
    none_lead: "No accepted insurance ends too early within 60 days.", "Aucune assurance acceptée ne se termine trop tôt dans les 60 jours.",
        "Ningún seguro aceptado termina demasiado pronto en los próximos 60 días.";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
