//! One waiver: who asks and why, on which terms, and the decision.

use crate::cases::take_if_seen;
use crate::db::Tx;
use crate::domain::hand::Hand;
use crate::domain::placement::{AnyPlacement, Facts, State};
use crate::domain::profile::Profile;
use crate::domain::terms::Stay;
use crate::explain::terms::{Line, Months, Stated};
use crate::text::texts;
use crate::waivers::{self, Waiver};
use crate::web::{
    App, Choice, Error, Filled, HrDirector, Page, Path, Posted, Problem, Recent, Result, html, see_other,
};
use crate::{deputies, explain, offices, policies};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/direction/{id}", get(ask).post(decide))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    /// `grant` or `refuse`
    decision: String,
    #[validate(length(max = 1000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "direction/decide.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    name: String,
    place: String,
    reference: String,
    supervisor: String,
    scholarship: Option<String>,
    asked: Vec<Line>,
    due: Option<Due>,
    terms: Vec<Line>,
    months: Option<Months>,
    /// What there is to choose from, while it is the reader's to decide.
    choices: Vec<Choice>,
    /// It is somebody else's to decide.
    is_involved: bool,
    /// For whom the reader stands in.
    acting: Option<String>,
}

/// By when a decision is due.
struct Due {
    on: NaiveDate,
    is_late: bool,
}

/// A placement for which a waiver was asked.
struct Case {
    case: AnyPlacement,
    waiver: Waiver,
    /// The director for whom the reader stands in.
    instead_of: Option<String>,
    name: String,
    reference: String,
    office: String,
    supervisor: String,
    stated: Stated,
    profile: Profile,
}

impl Case {
    fn version(&self) -> i32 {
        self.case.facts().version
    }

    /// Whether the reader may decide now; `Some(false)`: somebody else has to.
    fn is_for(&self, hand: Hand) -> Option<bool> {
        let approved = self.case.approved().ok()?;
        let open = self.waiver.open()?;
        Some(approved.decide_waiver(hand, open, false, String::new()).is_ok())
    }
}

async fn ask(Recent(me): Recent<HrDirector>, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let form = Form { seen: now.version(), ..Form::default() };
    show(&me, &mut tx, &now, Filled::fresh(form)).await
}

async fn decide(
    Recent(me): Recent<HrDirector>,
    Path(id): Path<Uuid>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let (form, granted) = match form.judge(|f| f.read().map(|granted| (f.clone(), granted))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mut tx, &now, form).await,
    };
    if let (Ok(approved), Some(open)) = (now.case.approved(), now.waiver.open()) {
        let step = approved.decide_waiver(tx.hand(), open, granted, form.reason.clone());
        let Ok(step) = step else { return Err(Error::Forbidden) };
        if let Some(done) = take_if_seen(&mut tx, Some(&step), form.seen).await? {
            write(&mut tx, now.waiver.id, granted, &form.reason).await?;
            tx.commit(done).await?;
            return see_other(&format!("/direction/{id}"));
        }
    }
    let now = case(&mut tx, id).await?;
    let decided = now.waiver.decision.as_ref().is_some_and(|decision| decision.reason == form.reason);
    if form.seen.saturating_add(1) == now.version() && decided {
        return see_other(&format!("/direction/{id}")); // pressed twice
    }
    let again = Form { seen: now.version(), ..form };
    show(&me, &mut tx, &now, Filled::overtaken(again, |l| Text(l).overtaken())).await
}

impl Form {
    /// Whether it is granted.
    fn read(&self) -> Result<bool, Vec<Problem>> {
        let mut problems = Vec::new();
        if !matches!(self.decision.as_str(), "grant" | "refuse") {
            problems.push(Problem::missing("decision", |l| Text(l).choose()));
        }
        if self.reason.is_empty() {
            problems.push(Problem::missing("reason", |l| Text(l).write_reason()));
        }
        if problems.is_empty() { Ok(self.decision == "grant") } else { Err(problems) }
    }
}

async fn case(tx: &mut Tx<HrDirector>, id: Uuid) -> Result<Case> {
    let me = tx.actor();
    let row = sqlx::query!(
        r#"select p.reference, p.office_id, p.supervisor_id, p.proposed_by, p.starts_on, p.ends_on, p.version, p.state,
               coalesce(p.current_terms, o.terms, p.terms) as "terms!", a.candidate_id, a.name, s.profile,
               trim(v.given_names || ' ' || v.family_names) as "supervisor!",
               exists (select from person c where c.id = a.candidate_id and c.erased_at is not null) as "erased!"
           from placement p join application a on a.id = p.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           join person v on v.id = p.supervisor_id
           left join offer o on o.placement_id = p.id
           where p.id = $1 and a.state <> 'withdrawn' and a.candidate_id <> $2"#,
        id,
        me.0
    )
    .fetch_one(&mut **tx)
    .await?;
    if row.erased {
        return Err(Error::Erased);
    }
    let waiver = waivers::last(tx, id).await?.ok_or(Error::NotFound)?;
    let instead_of = principal(tx, &[waiver.requested_by.0, row.supervisor_id, row.candidate_id]).await?;
    let facts = Facts {
        id: id.into(),
        candidate: row.candidate_id.into(),
        supervisor: row.supervisor_id.into(),
        proposed_by: row.proposed_by.into(),
        version: row.version,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
    };
    Ok(Case {
        case: AnyPlacement::new(facts, State::from_code(&row.state).ok_or(Error::Missing("a known state"))?),
        waiver,
        instead_of,
        name: row.name,
        reference: row.reference,
        office: row.office_id,
        supervisor: row.supervisor,
        stated: serde_json::from_value(row.terms)?,
        profile: serde_json::from_value(row.profile)?,
    })
}

/// Stands in for the absent director who has no other part in the case, if there is one; tells the name.
async fn principal(tx: &mut Tx<HrDirector>, involved: &[Uuid]) -> Result<Option<String>> {
    let (me, today) = (tx.actor(), tx.today());
    let away = sqlx::query!(
        r#"select p.id, trim(p.given_names || ' ' || p.family_names) as "name!"
           from principals($1, 'hr_director', $2) d join person p on p.id = d.principal_id
           where p.id <> all($3) order by p.id limit 1"#,
        me.0,
        today,
        involved
    );
    let Some(away) = away.fetch_optional(&mut **tx).await? else { return Ok(None) };
    tx.act_for(away.id.into());
    Ok(Some(away.name))
}

async fn write(tx: &mut Tx<HrDirector>, waiver: Uuid, granted: bool, reason: &str) -> Result<()> {
    let (me, now, today) = (tx.actor(), tx.now(), tx.today());
    sqlx::query!(
        "update waiver set decided_by = $2, decided_at = $3, decided_on = $4, granted = $5, decision = $6,
             decided_for = $7
         where id = $1",
        waiver,
        me.0,
        now,
        today,
        granted,
        reason,
        tx.hand().instead_of.map(|principal| principal.0)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn show(me: &HrDirector, tx: &mut Tx<HrDirector>, now: &Case, form: Filled<Form>) -> Result<Response> {
    let (lang, t, today) = (me.lang, Text(me.lang), tx.today());
    let policy = policies::at(tx, today, &now.office).await?.terms;
    let place = offices::names(tx, lang).await?.remove(&now.office).unwrap_or(now.office.clone());
    let facts = now.case.facts();
    let stay = Stay { start: facts.starts_on, end: facts.ends_on };
    let funding = &now.profile.funding;
    let chosen = form.values.decision.as_str();
    let is_mine = now.is_for(me.id.into());
    let due = now.waiver.due_on;
    let view = View {
        page: me.page(Text),
        terms: explain::terms::lines(&now.stated, stay, &policy, funding, &place, lang),
        months: explain::terms::months(&now.stated, lang),
        asked: vec![now.waiver.line(lang)],
        due: now.waiver.open().map(|_| Due { on: due, is_late: due < today }),
        choices: match is_mine {
            Some(true) => vec![
                Choice::new("refuse", t.pay(), chosen == "refuse").hint(t.no_waiver()),
                Choice::new("grant", t.waive(), chosen == "grant").hint(t.nothing_paid()),
            ],
            _ => Vec::new(),
        },
        is_involved: is_mine == Some(false),
        acting: now
            .instead_of
            .as_deref()
            .filter(|_| is_mine == Some(true))
            .map(|name| deputies::acting_for(name, lang)),
        name: now.name.clone(),
        reference: now.reference.clone(),
        supervisor: now.supervisor.clone(),
        scholarship: funding.scholarship.clone(),
        place,
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    back: "Waivers to decide", "Dispenses à décider", "Exenciones por decidir";
    facts(reference, supervisor): "{reference}, supervisor: {supervisor}", "{reference}, responsable : {supervisor}", "{reference}, persona supervisora: {supervisor}";
    request: "The request", "La demande", "La solicitud";
    local: "Local intern", "Stage local", "Pasantía local";
    is_local(place): "Yes. A national of the country of {place}, recruited there.", "Oui. A la nationalité du pays de {place} et y a été recruté(e).",
        "Sí. Es nacional del país de {place} y se la contrató allí.";
    funding: "Other funding", "Autre financement", "Otra financiación";
    no_funding: "None declared", "Aucun déclaré", "Ninguna declarada";
    from_scholarship(by): "Scholarship from {by}", "Bourse de {by}", "Beca de {by}";
    terms: "The terms without a waiver", "Les conditions sans dispense", "Las condiciones sin exención";
    terms_decided: "The terms", "Les conditions", "Las condiciones";
    months: "The allowance, month by month", "L’allocation, mois par mois", "La asignación, mes a mes";
    yours: "Your decision", "Votre décision", "Su decisión";
    due(day): "Due by {day}", "À rendre le {day} au plus tard", "A más tardar el {day}";
    was_due(day): "It was due by {day}", "Elle était attendue le {day}", "Debía tomarse a más tardar el {day}";
    decision: "What is decided", "Ce qui est décidé", "Qué se decide";
    pay: "Pay the allowance", "Verser l’allocation", "Pagar la asignación";
    no_waiver: "No waiver", "Pas de dispense", "Sin exención";
    waive: "Waive the allowance", "Accorder la dispense", "Eximir la asignación";
    nothing_paid: "Nothing is paid, and the offer says so with your reason", "Rien n’est versé, et l’offre l’indique avec votre motif",
        "No se paga nada, y la oferta lo indica con su motivo";
    choose: "Choose what is decided", "Choisissez ce qui est décidé", "Elija qué se decide";
    reason: "Reason", "Motif", "Motivo";
    reason_hint: "Human Resources, the supervisor and the candidate read it.", "Les Ressources humaines, la personne responsable et la personne candidate le liront.",
        "Lo leerán Recursos Humanos, la persona supervisora y la persona candidata.";
    write_reason: "Write the reason", "Écrivez le motif", "Escriba el motivo";
    record: "Record the decision", "Enregistrer la décision", "Registrar la decisión";
    kept: "Your name, the date and the reason are kept in the record.", "Votre nom, la date et le motif sont conservés au dossier.",
        "Su nombre, la fecha y el motivo quedan registrados.";
    involved: "You have another part in this placement, so somebody else who holds your role has to decide.",
        "Vous avez un autre rôle dans cette affectation : une autre personne de la direction doit décider.",
        "Usted tiene otra función en esta plaza: debe decidir otra persona de la Dirección.";
    overtaken: "Something happened to this placement meanwhile. Read what is new, then decide again. What you typed is still here.",
        "Cette affectation a évolué entre-temps. Lisez ce qui est nouveau, puis décidez à nouveau. Ce que vous avez saisi est toujours là.",
        "Esta plaza ha cambiado entretanto. Lea las novedades y decida de nuevo. Lo que escribió sigue aquí.";
});
