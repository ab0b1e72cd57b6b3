//! Human Resources offers an approved placement. Eligibility and terms are worked out anew for its dates, on the day
//! of the offer, and frozen with it.

use super::plan::{Plan, plan, rates};
use super::support::{self, Support};
use super::{Case, Shared, case};
use crate::cases::take_if_seen;
use crate::db::Tx;
use crate::domain::placement::{ANSWER_DAYS, OfferProblem, State, answer_days};
use crate::domain::policy::Policy;
use crate::domain::terms::{Deductions, Funding};
use crate::explain;
use crate::explain::eligibility::RuleLine;
use crate::explain::terms::{Line, Months, Stated};
use crate::text::{Lang, texts};
use crate::waivers::{self, Waiver};
use crate::web::{
    App, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Result, TypedDate, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, Duration, NaiveDate};
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
    /// What a scholarship pays for living costs each month, in the duty station's currency …
    scholarship: String,
    scholarship_from_day: String,
    scholarship_from_month: String,
    scholarship_from_year: String,
    scholarship_to_day: String,
    scholarship_to_month: String,
    scholarship_to_year: String,
    /// … and what a sponsor pays.
    sponsor: String,
    sponsor_from_day: String,
    sponsor_from_month: String,
    sponsor_from_year: String,
    sponsor_to_day: String,
    sponsor_to_month: String,
    sponsor_to_year: String,
    /// The university's agreement leaves the internship without an allowance.
    agreement: bool,
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
    /// Whom the candidate named as paying for the internship.
    payers: Payers,
    /// In which what they pay is set off; ISO 4217.
    currency: String,
    terms: Vec<Line>,
    months: Option<Months>,
    rules: Vec<RuleLine>,
    answer_hint: String,
}

impl View {
    fn support(&self) -> support::Text {
        support::Text(self.page.lang)
    }
}

/// Who gives a scholarship, and who sponsors.
#[derive(Default)]
struct Payers {
    scholarship: Option<String>,
    sponsor: Option<String>,
}

/// What there is to offer on this day.
struct Today {
    now: Case,
    plan: Plan,
    /// Of the office.
    policy: Policy,
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
        let policy = plan.policies.at(&now.office);
        Ok(Today { now, plan, policy, rates, day: tx.today(), waiver })
    }

    fn payers(&self) -> Payers {
        let funding = &self.plan.profile.funding;
        Payers {
            scholarship: funding.scholarship.clone(),
            sponsor: funding.sponsor.as_ref().map(|sponsor| sponsor.name.clone()),
        }
    }

    /// The terms of today, less what was typed, as far as it can be read.
    fn stated(&self, form: &Form) -> Result<Stated> {
        let office = self.plan.office(&self.now.office).ok_or(Error::NotFound)?;
        let deductions = Deductions {
            mode: office.allowance_mode,
            agreement: form.agreement,
            funding: form.funding(self, &mut Vec::new()),
        };
        let waiver = self.waiver.as_ref().and_then(Waiver::granted);
        Ok(self.plan.stated(office, self.now.stay(), &self.rates, deductions, waiver.as_ref()))
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
    let stated = today.stated(&form)?;
    show(&me, &today, Filled::fresh(form), &stated)
}

async fn offer(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = Today::read(&mut tx, id, me.lang).await?;
    let (form, answer_by) = match form.judge(|form| Ok((form.clone(), form.read(&today)?))) {
        Ok(judged) => judged,
        Err(form) => {
            let stated = today.stated(&form.values)?;
            return show(&me, &today, form, &stated);
        }
    };
    let stated = today.stated(&form)?;
    let assessment = today.plan.assessment(&today.now.office, today.now.stay());
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
    /// The day by which the candidate answers.
    fn read(&self, today: &Today) -> Result<NaiveDate, Vec<Problem>> {
        let mut problems = Vec::new();
        self.funding(today, &mut problems);
        let typed = TypedDate { day: &self.answer_day, month: &self.answer_month, year: &self.answer_year };
        let day = typed.wanted("answer", |l| Text(l).answer(), |l| Text(l).enter_answer(), &mut problems);
        day.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// What is set off: of everybody who was named as paying.
    fn funding(&self, today: &Today, problems: &mut Vec<Problem>) -> Vec<Funding> {
        let (payers, stay) = (today.payers(), today.now.stay());
        self.supports(&payers).iter().filter_map(|it| it.read(stay, problems)).collect()
    }

    fn supports<'a>(&'a self, payers: &'a Payers) -> Vec<Support<'a>> {
        let scholarship = payers.scholarship.as_deref().map(|payer| Support {
            field: "scholarship",
            payer,
            monthly: &self.scholarship,
            from: TypedDate {
                day: &self.scholarship_from_day,
                month: &self.scholarship_from_month,
                year: &self.scholarship_from_year,
            },
            to: TypedDate {
                day: &self.scholarship_to_day,
                month: &self.scholarship_to_month,
                year: &self.scholarship_to_year,
            },
        });
        let sponsor = payers.sponsor.as_deref().map(|payer| Support {
            field: "sponsor",
            payer,
            monthly: &self.sponsor,
            from: TypedDate {
                day: &self.sponsor_from_day,
                month: &self.sponsor_from_month,
                year: &self.sponsor_from_year,
            },
            to: TypedDate {
                day: &self.sponsor_to_day,
                month: &self.sponsor_to_month,
                year: &self.sponsor_to_year,
            },
        });
        scholarship.into_iter().chain(sponsor).collect()
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
                let (terms, policy) = (stated.terms.clone(), today.policy.terms);
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
    let mut terms = explain::terms::lines(stated, stay, &today.policy.terms, funding, place, lang);
    terms.extend(today.waiver.as_ref().map(|waiver| waiver.line(lang)));
    terms.push(explain::terms::notice(lang));
    let view = View {
        page: me.page(Text),
        shared: Shared(lang),
        id: today.now.id(),
        name: today.now.name.clone(),
        place: place.to_owned(),
        payers: today.payers(),
        currency: stated.currency.clone().unwrap_or_default(),
        terms,
        months: explain::terms::months(stated, lang),
        rules: explain::eligibility::lines(&today.plan.assessment(&today.now.office, stay), lang),
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
    agreement: "An agreement with the university leaves this internship without an allowance",
        "Une convention avec l’université laisse ce stage sans allocation",
        "Un acuerdo con la universidad deja esta pasantía sin asignación";
    agreement_hint: "Only if the organisation has signed it. Nothing is paid then, and the offer says why.",
        "Seulement si l’organisation l’a signée. Rien n’est alors versé, et l’offre dit pourquoi.",
        "Solo si la organización lo ha firmado. Entonces no se paga nada, y la oferta dice por qué.";
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
