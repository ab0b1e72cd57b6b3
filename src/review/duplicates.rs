//! Applications of other accounts that may be the same person's: found by name, birth and address in any spelling,
//! and laid side by side.

use super::{Case, case};
use crate::db::Tx;
use crate::domain::application::State;
use crate::explain::profile::{Part, Reader};
use crate::text::{Lang, texts};
use crate::web::{App, Error, HrReviewer, Page, Path, Result, html};
use crate::{explain, offices};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/duplicates/{other}", get(compare))
}

/// As many are shown.
const MOST: i32 = 10;

/// An application that is like another.
pub struct Like {
    pub id: Uuid,
    pub name: String,
    pub reference: String,
    /// What both have, such as "date of birth".
    pub same: Vec<String>,
    /// A reviewer found that they are two people.
    pub is_another: bool,
}

#[derive(askama::Template)]
#[template(path = "review/compare.html")]
struct View {
    page: Page<Text>,
    it: Side,
    other: Side,
    /// Of each section: its title, what each side says, and whether that is the same.
    rows: Vec<Compared>,
}

struct Side {
    id: Uuid,
    name: String,
    reference: String,
    can_be_closed: bool,
    is_open: bool,
}

struct Compared {
    title: String,
    it: Part,
    other: Part,
    is_same: bool,
}

async fn compare(me: HrReviewer, Path((id, other)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (it, other) = (case(&mut tx, id).await?, case(&mut tx, other).await?);
    let offices = offices::names(&mut tx, me.lang).await?;
    let parts =
        |of: &Case| explain::profile::parts(&of.snapshot.profile, &offices, Reader::HumanResources, me.lang);
    let said = |part: &Part| -> Vec<String> {
        part.rows.iter().map(|row| format!("{}\n{}", row.label, row.lines.join("\n"))).collect()
    };
    let pair = |(it, other): (Part, Part)| Compared {
        title: it.title.clone(),
        is_same: said(&it) == said(&other),
        it,
        other,
    };
    let rows = parts(&it).into_iter().zip(parts(&other)).map(pair).collect();
    html(StatusCode::OK, &View { page: me.page(Text), it: Side::of(it), other: Side::of(other), rows })
}

impl Side {
    fn of(case: Case) -> Side {
        Side {
            id: case.id(),
            can_be_closed: case.case.can_be_duplicate(),
            is_open: case.state().is_open(),
            name: case.name,
            reference: case.reference,
        }
    }
}

/// What an application that [`case`] has let through is like; those that the reader may not see are left out.
pub async fn load(tx: &mut Tx<HrReviewer>, id: Uuid, lang: Lang) -> Result<Vec<Like>> {
    let me = tx.actor();
    let rows = sqlx::query!(
        r#"select a.id as "id!", a.name as "name!", a.reference as "reference!", d.same_name as "same_name!", d.same_birth as "same_birth!",
               d.same_address as "same_address!", d.same_phone as "same_phone!",
               exists (select from duplicate_proposal p where not p.confirmed
                   and (p.application_id = $1 and p.kept_id = a.id or p.application_id = a.id and p.kept_id = $1))
                   as "is_another!"
           from likely_duplicates($1, $2) with ordinality as d (application_id, same_name, same_birth, same_address,
               same_phone, nth)
           join cases_open_to($3) a on a.id = d.application_id
           order by d.nth"#,
        id,
        MOST,
        me.0
    )
    .fetch_all(&mut **tx)
    .await?;
    let t = Text(lang);
    let same = |name: bool, birth: bool, address: bool, phone: bool| {
        let all = [(name, t.name()), (birth, t.birth()), (address, t.address()), (phone, t.phone())];
        all.into_iter().filter_map(|(is_same, word)| is_same.then_some(word)).collect::<Vec<String>>()
    };
    Ok(rows
        .into_iter()
        .map(|row| Like {
            same: same(row.same_name, row.same_birth, row.same_address, row.same_phone),
            id: row.id,
            name: row.name,
            reference: row.reference,
            is_another: row.is_another,
        })
        .collect())
}

/// What reviewers have proposed about an application, or decided.
pub enum Proposed {
    /// To close it, or another because of it: `closing` is decided on.
    Open { closing: Uuid, who: String },
    /// It is closed: the one that stays.
    Closed { kept: Uuid, reference: String },
}

/// The newest proposal that still matters to an application.
pub async fn proposed(tx: &mut Tx<HrReviewer>, id: Uuid, state: State) -> Result<Option<Proposed>> {
    let row = sqlx::query!(
        r#"select d.application_id, d.kept_id, d.confirmed, k.reference,
               trim(p.given_names || ' ' || p.family_names) as "who!"
           from (select * from duplicate_proposal where application_id = $1
                 union all select * from duplicate_proposal where kept_id = $1) as d
           join person p on p.id = d.proposed_by join application k on k.id = d.kept_id
           where d.confirmed is distinct from false and (d.application_id = $1 or d.decided_at is null)
           order by d.id desc limit 1"#,
        id
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let missing = || Error::Missing("both applications of a proposal");
    let (closing, kept) = (row.application_id.ok_or_else(missing)?, row.kept_id.ok_or_else(missing)?);
    Ok(match row.confirmed {
        None => Some(Proposed::Open { closing, who: row.who }),
        Some(_) if state == State::NotSelected => Some(Proposed::Closed { kept, reference: row.reference }),
        Some(_) => None, // reopened since
    })
}

texts!(pub Text {
    title: "Two applications side by side", "Deux candidatures côte à côte", "Dos candidaturas lado a lado";
    lead: "If they are the same person’s, propose to close one. Another reviewer confirms it, and the candidate is told.",
        "Si elles sont de la même personne, proposez d’en clore une. Une autre personne chargée de l’examen confirme, et la personne candidate est prévenue.",
        "Si son de la misma persona, proponga cerrar una. Otra persona que revisa lo confirma y se avisa a la persona candidata.";
    section: "Section", "Section", "Sección";
    same: "The same", "Identique", "Igual";
    close(reference): "Propose to close {reference}", "Proposer de clore {reference}", "Proponer cerrar {reference}";
    cannot_close: "Neither can be closed here: only a profile that waits or is in review can. Write to the candidate.",
        "Aucune ne peut être close ici : seul un dossier en attente ou en cours d’examen peut l’être. Écrivez à la personne candidate.",
        "Ninguna puede cerrarse aquí: solo puede cerrarse un perfil en espera o en revisión. Escriba a la persona candidata.";
    likely: "Likely duplicates", "Doublons probables", "Posibles duplicados";
    none: "No other account has the same name, date of birth or address.", "Aucun autre compte n’a le même nom, la même date de naissance ni la même adresse.",
        "Ninguna otra cuenta tiene el mismo nombre, fecha de nacimiento ni dirección.";
    same_are(what): "The same: {what}", "Identique : {what}", "Igual: {what}";
    name: "name", "nom", "nombre";
    birth: "date of birth", "date de naissance", "fecha de nacimiento";
    address: "email address", "adresse électronique", "correo electrónico";
    phone: "phone", "téléphone", "teléfono";
    is_another: "found to be another person", "reconnu comme une autre personne", "se constató que es otra persona";
    open(who): "{who} proposes to close one of two applications as a duplicate.", "{who} propose de clore l’une de deux candidatures comme doublon.",
        "{who} propone cerrar una de dos candidaturas como duplicada.";
    decide: "Read and decide", "Lire et décider", "Leer y decidir";
    closed: "Closed as a duplicate of", "Close comme doublon de", "Cerrada como duplicada de";
});
