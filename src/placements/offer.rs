//! Human Resources offers an approved placement. Eligibility and terms are worked out anew for its dates, on the day
//! of the offer, and frozen with it.

use super::plan::{Plan, plan, rates};
use super::{Case, Shared, case};
use crate::cases::take_if_seen;
use crate::db::Tx;
use crate::domain::placement::{ANSWER_DAYS, OfferProblem, State, answer_days};
use crate::domain::terms::Funding;
use crate::explain;
use crate::explain::eligibility::RuleLine;
use crate::explain::terms::{Line, Months, Stated};
use crate::text::{Lang, texts};
use crate::waivers::{self, Waiver};
use crate::web::{
    App, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Result, TypedDate, amount, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, Duration, NaiveDate};
use rust_decimal::Decimal;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/placements/{id}/offer", get(ask).post(offer))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    /// Only work out the terms.
    check: bool,
    /// What others pay for living costs each month, in the duty station's currency.
    support: String,
    answer_day: String,
    answer_month: String,
    answer_year: String,
}

#[derive(askama::Template)]
#[template(path = "placements/offer.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    place: String,
    /// Who gives a scholarship, if somebody does, and in which currency it is set off.
    scholarship: Option<(String, String)>,
    terms: Vec<Line>,
    months: Option<Months>,
    rules: Vec<RuleLine>,
    answer_hint: String,
}

/// What there is to offer on this day.
struct Today {
    now: Case,
    plan: Plan,
    rates: Vec<crate::domain::terms::Rate>,
    day: NaiveDate,
    waiver: Option<Waiver>,
}

impl Today {
    async fn read(tx: &mut Tx<HrReviewer>, id: Uuid, lang: Lang) -> Result<Today> {
        let now = case(tx, id).await?;
        let plan = plan(tx, now.application, lang).await?;
        let rates = rates(tx, &now.office).await?;
        let waiver = waivers::last(tx, id).await?;
        Ok(Today { now, plan, rates, day: tx.today(), waiver })
    }

    /// The terms of today, less `support` a month.
    fn stated(&self, support: Decimal) -> Result<Stated> {
        let stay = self.now.stay();
        let funding = Funding { monthly: support, from: stay.start, to: stay.end };
        let office = self.plan.office(&self.now.office).ok_or(Error::NotFound)?;
        let waiver = self.waiver.as_ref().and_then(Waiver::granted);
        Ok(Stated {
            terms: self.plan.terms(office, stay, &self.rates, &[funding], waiver.as_ref()),
            currency: self.rates.first().map(|rate| rate.currency.clone()),
        })
    }
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let today = Today::read(&mut me.begin().await?, id, me.lang).await?;
    if today.now.case.approved().is_err() {
        return see_other(&format!("/placements/{id}"));
    }
    let usual = today.day + Duration::days(ANSWER_DAYS);
    let answer = usual.min(*answer_days(today.day, today.now.stay().start).end());
    let form = Form {
        seen: today.now.version(),
        answer_day: answer.day().to_string(),
        answer_month: answer.month().to_string(),
        answer_year: answer.year().to_string(),
        ..Form::default()
    };
    let stated = today.stated(Decimal::ZERO)?;
    show(&me, &today, Filled::fresh(form), &stated)
}

async fn offer(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = Today::read(&mut tx, id, me.lang).await?;
    let (form, support, answer_by) = match form.judge(|f| f.read(&today).map(|(s, day)| (f.clone(), s, day)))
    {
        Ok(judged) => judged,
        Err(form) => {
            let support = amount(&form.values.support).unwrap_or_default();
            return show(&me, &today, form, &today.stated(support)?);
        }
    };
    let stated = today.stated(support)?;
    let assessment = today.plan.assessment(today.now.stay());
    let step = match today.now.case.approved() {
        Ok(approved) => {
            let judged = (&stated.terms, &assessment, today.plan.judged.as_slice());
            let pending = today.waiver.as_ref().and_then(Waiver::open);
            match approved.offer(me.id, pending, judged, today.day, answer_by) {
                Ok(step) => Some(step),
                Err(problems) => {
                    let problems = problems.into_iter().flat_map(|p| said(p, &today, &stated)).collect();
                    return show(&me, &today, Filled::with(form, problems), &stated);
                }
            }
        }
        Err(_) => None,
    };
    if form.check && step.is_some() {
        return show(&me, &today, Filled::fresh(form), &stated);
    }
    if let Some(done) = take_if_seen(&mut tx, step.as_ref(), form.seen).await? {
        freeze(&mut tx, today.now.stay().start, answer_by, id, &stated).await?;
        tx.commit(done).await?;
        return see_other(&format!("/placements/{id}"));
    }
    let today = Today::read(&mut tx, id, me.lang).await?;
    let now = &today.now;
    let pressed_twice = form.seen.saturating_add(1) == now.version() && now.case.name() == State::Offered;
    if pressed_twice && now.answer_by == Some(answer_by) {
        return see_other(&format!("/placements/{id}"));
    }
    let again = Form { seen: now.version(), ..form };
    show(&me, &today, Filled::overtaken(again, |l| Shared(l).overtaken()), &stated)
}

impl Form {
    fn read(&self, today: &Today) -> Result<(Decimal, NaiveDate), Vec<Problem>> {
        let mut problems = Vec::new();
        let funded = today.plan.profile.funding.scholarship.is_some();
        let support = match (funded, amount(&self.support)) {
            (false, _) => Decimal::ZERO,
            (true, Some(support)) => support,
            (true, None) if self.support.is_empty() => {
                problems.push(Problem::missing("support", |l| Text(l).enter_support()));
                Decimal::ZERO
            }
            (true, None) => {
                problems.push(Problem::at("support", |l| Text(l).not_an_amount()));
                Decimal::ZERO
            }
        };
        let typed = TypedDate { day: &self.answer_day, month: &self.answer_month, year: &self.answer_year };
        let day = typed.wanted("answer", |l| Text(l).answer(), |l| Text(l).enter_answer(), &mut problems);
        if let (Some(day), true) = (day, problems.is_empty()) {
            return Ok((support, day));
        }
        Err(problems)
    }
}

fn said(problem: OfferProblem, today: &Today, stated: &Stated) -> Vec<Problem> {
    match problem {
        OfferProblem::OwnApplication => vec![Problem::at("answer", |l| Text(l).acts_twice())],
        OfferProblem::WaiverPending => vec![Problem::at("answer", |l| Text(l).waiver_pending())],
        OfferProblem::NotEligible => vec![Problem::at("rules", |l| Text(l).not_eligible())],
        OfferProblem::Unjudged => vec![Problem::at("rules", |l| Text(l).unjudged())],
        OfferProblem::AnswerDate => {
            let days = answer_days(today.day, today.now.stay().start);
            vec![Problem::at("answer", move |l| match days.is_empty() {
                true => Text(l).no_time(),
                false => Text(l).answer_within(l.date(*days.start()), l.date(*days.end())),
            })]
        }
        OfferProblem::TermsDoNotHold => {
            let against = stated.terms.codes.iter().copied().filter(|code| code.forbids());
            let problem = |code| {
                let (terms, policy) = (stated.terms.clone(), today.plan.policy.terms);
                Problem::at("terms", move |l| explain::terms::code(code, &terms, &policy, l))
            };
            against.map(problem).collect()
        }
    }
}

fn show(me: &HrReviewer, today: &Today, form: Filled<Form>, stated: &Stated) -> Result<Response> {
    let (lang, stay, t) = (me.lang, today.now.stay(), Text(me.lang));
    let place = today.plan.office(&today.now.office).map_or("", |office| office.name(lang));
    let funding = &today.plan.profile.funding;
    let days = answer_days(today.day, stay.start);
    let currency = stated.currency.clone().unwrap_or_default();
    let mut terms = explain::terms::lines(stated, stay, &today.plan.policy.terms, funding, place, lang);
    terms.extend(today.waiver.as_ref().map(|waiver| waiver.line(lang)));
    terms.push(explain::terms::notice(lang));
    let view = View {
        page: me.page(Text),
        shared: Shared(lang),
        id: today.now.id(),
        name: today.now.name.clone(),
        place: place.to_owned(),
        scholarship: funding.scholarship.clone().map(|by| (by, currency)),
        terms,
        months: explain::terms::months(stated, lang),
        rules: explain::eligibility::lines(&today.plan.assessment(stay), lang),
        answer_hint: match days.is_empty() {
            true => t.no_time(),
            false => t.answer_hint(lang.date(*days.start()), lang.date(*days.end())),
        },
        form,
    };
    html(view.form.status(), &view)
}

async fn freeze(
    tx: &mut Tx<HrReviewer>,
    starts_on: NaiveDate,
    answer_by: NaiveDate,
    id: Uuid,
    stated: &Stated,
) -> Result<()> {
    let (me, now, today) = (tx.actor(), tx.now(), tx.today());
    sqlx::query!(
        "insert into offer (placement_id, made_by, made_at, made_on, answer_by, terms, starts_on)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        me.0,
        now,
        today,
        answer_by,
        serde_json::to_value(stated)?,
        starts_on
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

texts!(Text {
    title: "Make the offer", "Faire l’offre", "Hacer la oferta";
    lead(place): "This is what the candidate will read and accept or refuse, for {place}. It is worked out from the rules as of today, and does not change afterwards.",
        "Voici ce que la personne candidate lira et acceptera ou refusera. Lieu : {place}. C’est calculé d’après les règles à ce jour et ne changera plus.",
        "Esto es lo que la persona candidata leerá y aceptará o rechazará. Lugar: {place}. Se calcula según las normas a día de hoy y ya no cambia.";
    terms: "Terms", "Conditions", "Condiciones";
    rules: "Rules on the first day", "Règles au premier jour", "Normas en el primer día";
    support(by, currency): "What {by} pays for living costs each month, in {currency}", "Ce que {by} verse chaque mois pour les frais de subsistance, en {currency}",
        "Lo que {by} paga cada mes para gastos de manutención, en {currency}";
    support_hint: "It is set off against the monthly allowance. Tuition fees do not count; enter 0 if nothing is paid for living costs.",
        "Ce montant est déduit de l’allocation mensuelle. Les frais d’inscription ne comptent pas ; indiquez 0 si rien n’est versé pour la subsistance.",
        "Se descuenta de la asignación mensual. Las tasas académicas no cuentan; indique 0 si no se paga nada para manutención.";
    enter_support: "Enter what the scholarship pays for living costs each month", "Indiquez ce que la bourse verse chaque mois pour la subsistance",
        "Indique lo que la beca paga cada mes para manutención";
    not_an_amount: "The monthly amount must be a number, such as 600 or 600.50", "Le montant mensuel doit être un nombre, par exemple 600 ou 600,50",
        "El importe mensual debe ser un número, por ejemplo 600 o 600,50";
    answer: "Answer date", "Date de réponse", "Fecha de respuesta";
    answer_by: "To be answered by", "Réponse attendue le", "Respuesta a más tardar el";
    answer_hint(from, to): "The whole day counts. From {from} to {to}.", "Le jour entier compte. Du {from} au {to}.", "Cuenta el día entero. Del {from} al {to}.";
    enter_answer: "Enter the day by which the candidate has to answer", "Indiquez le jour limite de la réponse", "Indique el último día para responder";
    answer_within(from, to): "The answer date must lie between {from} and {to}", "La date de réponse doit se situer entre le {from} et le {to}",
        "La fecha de respuesta debe estar entre el {from} y el {to}";
    no_time: "The first day is too near to leave time for an answer: call this placement off and propose later dates",
        "Le premier jour est trop proche pour laisser le temps de répondre : annulez cette affectation et proposez des dates plus tardives",
        "El primer día está demasiado cerca para dar tiempo a responder: cancele esta plaza y proponga fechas posteriores";
    acts_twice: "Nobody acts on their own application", "Personne n’agit sur sa propre candidature", "Nadie actúa sobre su propia candidatura";
    waiver_pending: "A waiver of the allowance is not decided yet", "Une dispense d’allocation n’est pas encore décidée", "Aún no se ha decidido una exención de la asignación";
    unjudged: "The profile has changed, and a rule has still to be judged by a person for the newest version: do so on the page of the case, then make the offer",
        "Le dossier a changé, et une règle doit encore être jugée par une personne pour la dernière version : faites-le sur la page du dossier, puis faites l’offre",
        "El perfil ha cambiado, y una persona tiene que juzgar aún una norma para la última versión: hágalo en la página del caso y haga después la oferta";
    not_eligible: "A rule is not met on the first day: see the rules below", "Une règle n’est pas remplie au premier jour : voyez les règles ci-dessous",
        "Una norma no se cumple el primer día: vea las normas más abajo";
    check: "Work out the terms", "Calculer les conditions", "Calcular las condiciones";
    send: "Send the offer", "Envoyer l’offre", "Enviar la oferta";
});
