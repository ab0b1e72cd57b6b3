//! The medical officer: files to examine, for interns whose first day comes.

use super::{OF_EACH, Row, show};
use crate::text::{Lang, texts};
use crate::web::{App, MedicalOfficer, Result};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/medical/home", get(home))
}

async fn home(me: MedicalOfficer) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let rows = sqlx::query_as!(
        Row,
        r#"select d.kind as what, d.id, a.name as who, null as instead_of, p.starts_on as due_on, d.submitted_at as since
           from onboarding_document d join placement p on p.id = d.placement_id
           join application a on a.id = p.application_id
           where d.medical and d.state = 'submitted' and p.state in ('accepted', 'ready') and a.candidate_id <> $1
           order by p.starts_on, d.submitted_at, d.id limit $2"#,
        me.id.0,
        OF_EACH
    )
    .fetch_all(&mut *tx)
    .await?;
    show(&me, today, rows, say)
}

fn say(row: &Row, lang: Lang) -> (String, Option<String>) {
    let t = Text(lang);
    let what = if row.what == "vaccination_record" { t.vaccination() } else { t.certificate() };
    (what, Some(format!("/medical/{}", row.id)))
}

texts!(Text {
    certificate: "Medical certificate to examine", "Certificat médical à examiner", "Certificado médico por examinar";
    vaccination: "Vaccination record to examine", "Carnet de vaccination à examiner", "Cartilla de vacunación por examinar";
});
