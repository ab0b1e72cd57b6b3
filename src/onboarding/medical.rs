//! Medical documents that wait for the medical officer, or that were decided on: the longest ago first.

use super::words;
use crate::db::Tx;
use crate::domain::onboarding::{Kind, State};
use crate::offices;
use crate::scan::Scan;
use crate::scan::access::Access;
use crate::sheets::{self, Cell, Format};
use crate::text::texts;
use crate::web::pager::next_after;
use crate::web::{App, Error, MedicalOfficer, Page, Path, Query, Recent, Result, html};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;
use uuid::Uuid;

const PER_PAGE: usize = 25;

pub fn routes() -> Router<App> {
    Router::new().route("/medical", get(list)).route("/medical/export/{format}", get(export))
}

#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Filter {
    /// Those decided on instead of those that wait.
    decided: bool,
    /// Where the page before ended.
    after: Option<Uuid>,
}

#[derive(askama::Template)]
#[template(path = "onboarding/medical.html")]
struct View {
    page: Page<Text>,
    decided: bool,
    lines: Vec<Line>,
    is_first: bool,
    next: Option<Uuid>,
}

impl View {
    /// What the list as a file holds.
    fn query(&self) -> String {
        format!("decided={}", self.decided)
    }
}

struct Line {
    id: Uuid,
    name: String,
    kind: String,
    place: String,
    starts_on: NaiveDate,
    submitted_at: DateTime<Utc>,
    look: (&'static str, &'static str, String),
    /// What the scanner has to say of the file.
    scan: Option<String>,
}

async fn list(me: MedicalOfficer, Query(filter): Query<Filter>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mut lines = lines(&mut tx, &me, filter.decided, filter.after, PER_PAGE + 1).await?;
    let next = next_after(&mut lines, PER_PAGE, |line| line.id);
    let (decided, is_first) = (filter.decided, filter.after.is_none());
    html(StatusCode::OK, &View { page: me.page(Text), decided, lines, is_first, next })
}

/// Who has sent what, and when. What was found of it stays here, for nobody knows where a file ends up.
async fn export(
    Recent(me): Recent<MedicalOfficer>,
    Path(format): Path<Format>,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    let tx = me.begin().await?;
    let t = Text(me.lang);
    let heads = vec![t.intern(), t.document(), t.place(), t.starts(), t.since()];
    let me = Arc::new(me);
    let pages = sheets::pages(None, move |after| {
        let me = me.clone();
        async move {
            let mut tx = me.begin().await?;
            let lines = lines(&mut tx, &me, filter.decided, after, sheets::PAGE).await?;
            let row = |line: Line| {
                vec![
                    line.name.into(),
                    line.kind.into(),
                    line.place.into(),
                    line.starts_on.into(),
                    Cell::moment(line.submitted_at, me.zone()),
                ]
            };
            Ok(sheets::page(lines, |last| Some(last.id), row))
        }
    });
    sheets::download(tx, format, "medical-documents", heads, pages).await
}

/// From where the page before ended.
async fn lines(
    tx: &mut Tx<MedicalOfficer>,
    me: &MedicalOfficer,
    decided: bool,
    after: Option<Uuid>,
    limit: usize,
) -> Result<Vec<Line>> {
    let wanted = |state: &State| (*state != State::Submitted) == decided;
    let states: Vec<String> = State::ALL.iter().filter(|s| wanted(s)).map(|s| s.code().to_owned()).collect();
    // found by those who prepare for their first day, who are few, and not among all that was ever decided: `offset` keeps
    // it so
    let rows = sqlx::query!(
        r#"select d.id, d.kind, d.state, d.submitted_at, d.scan, d.removed_at is not null as "is_past!", a.name, p.office_id, p.starts_on
         from placement p join application a on a.id = p.application_id,
             lateral (select * from onboarding_document d
                 where d.placement_id = p.id and d.medical and d.state = any($1) offset 0) d
         where p.state in ('accepted', 'ready') and a.candidate_id <> $4
             and ($2::uuid is null or (d.submitted_at, d.id)
                 > (select b.submitted_at, b.id from onboarding_document b where b.id = $2))
         order by d.submitted_at, d.id limit $3"#,
        &states,
        after,
        i64::try_from(limit).unwrap_or(i64::MAX),
        me.id.0
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let places = offices::names(tx, me.lang).await?;
    let mut lines = Vec::new();
    for row in rows {
        let kind = Kind::from_code(&row.kind).ok_or(Error::Missing("a known kind"))?;
        lines.push(Line {
            id: row.id,
            name: row.name,
            kind: words::kind(kind, me.lang),
            place: places.get(&row.office_id).cloned().unwrap_or(row.office_id),
            starts_on: row.starts_on,
            submitted_at: row.submitted_at,
            look: words::look_to_staff(State::from_code(&row.state), me.lang),
            scan: Access::of_paper(Scan::from_code(&row.scan), row.is_past, me.scanner()).words(me.lang),
        });
    }
    Ok(lines)
}

texts!(Text {
    title: "Medical documents", "Documents médicaux", "Documentos médicos";
    lead: "You alone open these files, and every look at one is recorded.", "Personne d’autre que vous n’ouvre ces fichiers, et chaque consultation est enregistrée.",
        "Solo usted abre estos archivos, y cada consulta queda registrada.";
    views: "Views", "Vues", "Vistas";
    waiting: "To check", "À vérifier", "Por verificar";
    decided: "Decided", "Décidés", "Decididos";
    intern: "Intern", "Stagiaire", "Persona en pasantía";
    document: "Document", "Document", "Documento";
    place: "Duty station", "Lieu d’affectation", "Lugar de destino";
    starts: "First day", "Premier jour", "Primer día";
    state: "State", "État", "Estado";
    since: "Sent", "Envoyé", "Enviado";
    none: "Nothing here", "Rien ici", "Nada por aquí";
    none_lead: "Documents come here as soon as an intern sends them.", "Les documents arrivent ici dès leur envoi.", "Los documentos llegan aquí en cuanto se envían.";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
