//! The versions of the policy, those proposed, and the offices with numbers of their own. Numbers hold from a day on;
//! nothing that was decided before changes by them.

use super::numbers::{differences, numbers};
use crate::domain::policy::{NewPolicy, OfficePolicy, Policy};
use crate::text::texts;
use crate::web::{Administrator, App, Page, Result, html};
use crate::{offices, policies};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/administration/policies", get(list))
}

#[derive(askama::Template)]
#[template(path = "administration/policies.html")]
struct List {
    page: Page<Text>,
    versions: Vec<Version>,
    own: Vec<Own>,
    proposals: Vec<Proposal>,
    today: NaiveDate,
}

struct Version {
    effective_from: NaiveDate,
    numbers: Vec<(String, String)>,
}

/// What an office says otherwise than the programme of today; nothing: it no longer does.
struct Own {
    office: String,
    name: String,
    effective_from: NaiveDate,
    differences: Vec<(String, String, String)>,
}

struct Proposal {
    id: Uuid,
    /// The office's name; `None`: the programme's.
    office: Option<String>,
    effective_from: NaiveDate,
    proposed_by: String,
    changed: i64,
}

async fn list(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let rows = sqlx::query!(
        "select id, effective_from, eligibility, terms from policy order by effective_from desc"
    );
    let mut versions = Vec::new();
    for row in rows.fetch_all(&mut *tx).await? {
        let policy = Policy {
            id: row.id,
            effective_from: row.effective_from,
            office: None,
            eligibility: serde_json::from_value(row.eligibility)?,
            terms: serde_json::from_value(row.terms)?,
        };
        let numbers = numbers(&policy, me.lang);
        versions.push(Version { effective_from: policy.effective_from, numbers });
    }
    let now = policies::all(&mut tx, today).await?;
    let names = offices::names(&mut tx, me.lang).await?;
    let name = |office: &str| names.get(office).map_or(office, String::as_str).to_owned();
    let rows = sqlx::query!(
        "select office_id, effective_from, numbers from office_policy order by office_id, effective_from desc"
    );
    let mut own = Vec::new();
    for row in rows.fetch_all(&mut *tx).await? {
        let numbers = serde_json::from_value(row.numbers)?;
        let new = OfficePolicy { office: row.office_id, effective_from: row.effective_from, numbers };
        let with = now.with(&NewPolicy::Office(new.clone()));
        own.push(Own {
            name: name(&new.office),
            effective_from: new.effective_from,
            differences: differences(&now.programme, &with.at(&new.office), me.lang),
            office: new.office,
        });
    }
    let rows = sqlx::query!(
        r#"select o.id, office_id, effective_from,
               trim(given_names || ' ' || family_names) as "proposed_by!",
               (select count(*) from policy_trial t where t.proposal_id = o.id) as "changed!"
           from policy_proposal o join person p on p.id = o.proposed_by
           where confirmed_at is null and dropped_at is null order by effective_from, office_id nulls first"#
    );
    let proposals = rows.fetch_all(&mut *tx).await?.into_iter().map(|row| Proposal {
        id: row.id,
        office: row.office_id.as_deref().map(name),
        effective_from: row.effective_from,
        proposed_by: row.proposed_by,
        changed: row.changed,
    });
    let proposals = proposals.collect();
    html(StatusCode::OK, &List { page: me.page(Text), versions, own, proposals, today })
}

texts!(Text {
    title: "Policies", "Règles du programme", "Normas del programa";
    lead: "The numbers that decide who may come and for how long. A version holds from its day on; what was decided before stays.",
        "Les chiffres qui décident qui peut venir et pour combien de temps. Une version vaut à partir de son jour ; ce qui a été décidé avant demeure.",
        "Las cifras que deciden quién puede venir y por cuánto tiempo. Una versión vale desde su día; lo decidido antes se mantiene.";
    write: "Propose a new version", "Proposer une nouvelle version", "Proponer una nueva versión";
    proposed: "Proposed", "Proposées", "Propuestas";
    proposal(day): "From {day}", "À partir du {day}", "Desde el {day}";
    proposal_at(office, day): "{office}, from {day}", "{office}, à partir du {day}", "{office}, desde el {day}";
    by(who, n): "Proposed by {who}. Verdicts that would change: {n}", "Proposée par {who}. Avis qui changeraient : {n}", "Propuesta por {who}. Dictámenes que cambiarían: {n}";
    version(day): "In force from {day}", "En vigueur à partir du {day}", "En vigor desde el {day}";
    future: "Not yet in force", "Pas encore en vigueur", "Aún no está en vigor";
    own: "Offices with numbers of their own", "Bureaux qui ont leurs propres chiffres", "Oficinas con cifras propias";
    own_lead: "What is not listed is as everywhere. Propose them on the office’s page.",
        "Ce qui n’est pas indiqué est comme partout. Proposez-les sur la page du bureau.",
        "Lo que no se indica es como en todas partes. Propóngalas en la página de la oficina.";
    everywhere: "Everywhere", "Partout", "En todas partes";
    here: "Here", "Ici", "Aquí";
    number: "Number", "Chiffre", "Cifra";
    none: "As everywhere again", "De nouveau comme partout", "De nuevo como en todas partes";
});
