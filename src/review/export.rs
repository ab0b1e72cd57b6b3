//! The queue as a file: the view that an address means, from its beginning to its end. It is read by the pages' own
//! query, so nobody takes out what the pages would not show.

use super::queue_rows::{Row, page};
use super::search::{Context, Filters};
use crate::domain::eligibility::{Track, Verdict};
use crate::explain::eligibility::{track_name, verdict_name};
use crate::offices;
use crate::sheets::{self, Format};
use crate::text::{Lang, texts};
use crate::web::{App, HrReviewer, Path, Query, Recent, Result};
use axum::{Router, response::Response, routing::get};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::sync::Arc;

pub fn routes() -> Router<App> {
    Router::new().route("/review/export/{format}", get(export))
}

async fn export(
    Recent(me): Recent<HrReviewer>,
    Path(format): Path<Format>,
    Query(filters): Query<Filters>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    let offices = Arc::new(offices::every(&mut tx).await?);
    let filters = filters.tidied(&offices).0.first_page();
    let t = Text(me.lang);
    let heads = vec![
        t.reference(),
        t.candidate(),
        t.eligibility(),
        t.office(),
        t.track(),
        t.languages(),
        t.from(),
        t.months(),
        t.waiting_since(),
        t.assignee(),
    ];
    let names = offices.iter().map(|office| (office.id.clone(), office.name(me.lang).to_owned()));
    let names: Arc<HashMap<String, String>> = Arc::new(names.collect());
    let me = Arc::new(me);
    let pages = sheets::pages(filters, move |filters| {
        let (me, offices, names) = (me.clone(), offices.clone(), names.clone());
        async move {
            let wanted = filters.wanted(Context { me: me.id.0, now, offices: &offices });
            let found = page(&mut me.begin().await?, &wanted, filters.sort(), &filters.place()).await?;
            let row = |row: Row| cells(row, &names, me.lang, me.zone());
            let next = found.after.map(|after| Filters { after, ..filters.first_page() });
            Ok((found.rows.into_iter().map(row).collect(), next))
        }
    });
    sheets::download(tx, format, "applications", heads, pages).await
}

fn cells(row: Row, offices: &HashMap<String, String>, lang: Lang, zone: Tz) -> sheets::Row {
    let verdict = Verdict::from_code(&row.verdict).map(|verdict| verdict_name(verdict, lang));
    let wishes: Vec<&str> = row.offices.iter().map(|id| offices.get(id).unwrap_or(id).as_str()).collect();
    let tracks = row.tracks.iter().filter_map(|code| Track::from_code(code)).map(|t| track_name(t, lang));
    vec![
        row.reference.into(),
        row.name.into(),
        verdict.into(),
        wishes.join(", ").into(),
        tracks.collect::<Vec<_>>().join(", ").into(),
        row.languages.join(", ").into(),
        row.starts_on.into(),
        row.months.into(),
        row.waiting_since.with_timezone(&zone).date_naive().into(),
        row.reviewer_name.into(),
    ]
}

texts!(Text {
    reference: "Reference", "Référence", "Referencia";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    eligibility: "Eligibility", "Admissibilité", "Admisibilidad";
    office: "Wishes", "Souhaits", "Deseos";
    track: "Qualifies by", "Admissible par", "Cumple por";
    languages: "Languages", "Langues", "Idiomas";
    from: "From", "À partir du", "Desde";
    months: "Months", "Mois", "Meses";
    waiting_since: "Waiting since", "En attente depuis", "En espera desde";
    assignee: "Assigned to", "Attribué à", "Asignado a";
});
