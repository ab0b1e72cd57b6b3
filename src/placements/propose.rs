//! Human Resources proposes a placement: an office, one of its supervisors, dates and an area. The terms are worked
//! out on the page before anything is sent.

use super::plan::{Plan, plan, rates};
use crate::db::Tx;
use crate::domain::placement::{ProposeProblem, propose};
use crate::domain::policy::Policy;
use crate::domain::terms::{Deductions, Stay, Terms, stay_end};
use crate::explain;
use crate::explain::eligibility::RuleLine;
use crate::explain::terms::{Line, Stated};
use crate::reference::areas;
use crate::text::texts;
use crate::web::{
    App, Choice, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Query, Result, TypedDate, html,
    see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/propose", get(ask).post(send))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    /// Only work out the terms.
    check: bool,
    /// An office and one of its supervisors: `nairobi:0199…`.
    supervisor: String,
    area: String,
    start_day: String,
    start_month: String,
    start_year: String,
    end_day: String,
    end_month: String,
    end_year: String,
}

/// What whoever looked for somebody has found already, told by the address. What is left out is filled in from the
/// profile.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Known {
    office: String,
    area: String,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
}

/// What complete and possible answers say.
#[derive(Clone, Debug)]
struct Wanted {
    office: String,
    supervisor: Uuid,
    area: String,
    stay: Stay,
}

#[derive(askama::Template)]
#[template(path = "placements/propose.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    wishes: String,
    supervisors: Vec<Group>,
    areas: Vec<Choice>,
    terms: Vec<Line>,
    rules: Vec<RuleLine>,
}

/// The supervisors of one office.
struct Group {
    label: String,
    choices: Vec<Choice>,
}

impl View {
    /// So many to choose from that one types: the script makes it a combobox.
    fn is_long(&self) -> bool {
        self.supervisors.iter().map(|office| office.choices.len()).sum::<usize>() > 15
    }
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>, Query(known): Query<Known>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let plan = plan(&mut tx, id, me.lang).await?;
    if plan.application.pooled().is_err() {
        return see_other(&format!("/review/{id}"));
    }
    let dates = plan.profile.dates;
    let start = known.start.unwrap_or(dates.start);
    let longest = plan.policies.at(&known.office).terms.initial_months;
    let end = known.end.unwrap_or(dates.end.min(stay_end(start, longest)));
    let wished = plan.profile.wishes.areas.first().cloned().unwrap_or_default();
    let there: Vec<_> = plan.supervisors.iter().filter(|s| s.office == known.office).collect();
    let form = Form {
        seen: plan.version,
        // whoever supervises there alone is meant; of several, one is to be chosen
        supervisor: match there[..] {
            [only] => format!("{}:{}", only.office, only.id),
            _ => format!("{}:", known.office),
        },
        area: if known.area.is_empty() { wished } else { known.area.clone() },
        start_day: start.day().to_string(),
        start_month: start.month().to_string(),
        start_year: start.year().to_string(),
        end_day: end.day().to_string(),
        end_month: end.month().to_string(),
        end_year: end.year().to_string(),
        ..Form::default()
    };
    show(&me, &plan, id, Filled::fresh(form), None)
}

async fn send(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let plan = plan(&mut tx, id, me.lang).await?;
    let today = tx.today();
    let (form, wanted) = match form.judge(|f| f.read(&plan, today).map(|wanted| (f.clone(), wanted))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &plan, id, form, None),
    };
    let office = plan.office(&wanted.office).ok_or(Error::NotFound)?;
    let rates = rates(&mut tx, &office.id).await?;
    let stated = plan.stated(office, wanted.stay, &rates, Deductions::default(), None);
    let shown = Some((&wanted, &stated));
    let Ok(application) = plan.application.pooled() else {
        return match twin(&mut tx, id, &wanted).await? {
            Some(known) => see_other(&format!("/placements/{known}")),
            None => {
                let again = Filled::overtaken(form, |l| Text(l).moved_on());
                show(&me, &plan, id, again, shown)
            }
        };
    };
    let placement = Uuid::now_v7();
    let assessment = plan.assessment(&office.id, wanted.stay);
    let supervisor = wanted.supervisor.into();
    let birth = match propose(
        placement.into(),
        &application,
        me.id,
        supervisor,
        &stated.terms,
        (&assessment, &plan.judged),
    ) {
        Ok(birth) => birth,
        Err(problems) => {
            let policy = plan.policies.at(&office.id);
            let problems = problems.into_iter().flat_map(|p| said(p, &stated.terms, &policy)).collect();
            return show(&me, &plan, id, Filled::with(form, problems), shown);
        }
    };
    if form.check {
        return show(&me, &plan, id, Filled::fresh(form), shown);
    }
    if form.seen != plan.version || !still_so(&mut tx, id, plan.version).await? {
        let again = Filled::overtaken(Form { seen: plan.version, ..form }, |l| Text(l).moved_on());
        return show(&me, &plan, id, again, shown);
    }
    match insert(&mut tx, placement, id, &wanted, &stated, today.year()).await {
        Ok(()) => {
            let done = tx.born(&birth).await?;
            tx.commit(done).await?;
            see_other(&format!("/placements/{placement}"))
        }
        // pressed twice: it is proposed already
        Err(error) if error.constraint() == Some("one_open_proposal") => {
            match twin(&mut me.begin().await?, id, &wanted).await? {
                Some(known) => see_other(&format!("/placements/{known}")),
                None => {
                    let problem = Problem::at("supervisor", |l| Text(l).proposed_there());
                    show(&me, &plan, id, Filled::with(form, vec![problem]), shown)
                }
            }
        }
        Err(error) => Err(error),
    }
}

fn said(problem: ProposeProblem, terms: &Terms, policy: &Policy) -> Vec<Problem> {
    match problem {
        ProposeProblem::OwnApplication | ProposeProblem::SupervisorActs => {
            vec![Problem::at("supervisor", |l| Text(l).acts_twice())]
        }
        ProposeProblem::NotEligible => vec![Problem::at("start", |l| Text(l).not_eligible())],
        ProposeProblem::Unjudged => vec![Problem::at("start", |l| Text(l).unjudged())],
        ProposeProblem::TermsDoNotHold => {
            let against = terms.codes.iter().copied().filter(|code| code.forbids());
            let problem = |code| {
                let (terms, policy) = (terms.clone(), policy.terms);
                Problem::at("end", move |l| explain::terms::code(code, &terms, &policy, l))
            };
            against.map(problem).collect()
        }
    }
}

impl Form {
    fn read(&self, plan: &Plan, today: NaiveDate) -> Result<Wanted, Vec<Problem>> {
        let mut problems = Vec::new();
        let chosen = self.supervisor.split_once(':').and_then(|(office, person)| {
            let known = |s: &&super::plan::Supervisor| s.office == office && s.id.to_string() == person;
            plan.supervisors.iter().find(known).filter(|s| plan.office(&s.office).is_some())
        });
        if chosen.is_none() {
            problems.push(Problem::missing("supervisor", |l| Text(l).choose_supervisor()));
        }
        if chosen.is_some_and(|chosen| !plan.may_see(&chosen.office)) {
            problems.push(Problem::at("supervisor", |l| Text(l).not_agreed()));
        }
        if areas::area(&self.area).is_none() {
            problems.push(Problem::missing("area", |l| Text(l).choose_area()));
        }
        let start = TypedDate { day: &self.start_day, month: &self.start_month, year: &self.start_year };
        let end = TypedDate { day: &self.end_day, month: &self.end_month, year: &self.end_year };
        let start = start.wanted("start", |l| Text(l).start(), |l| Text(l).enter_start(), &mut problems);
        let end = end.wanted("end", |l| Text(l).end(), |l| Text(l).enter_end(), &mut problems);
        if start.is_some_and(|day| day < today) {
            problems.push(Problem::at("start", |l| Text(l).start_past()));
        }
        if start.zip(end).is_some_and(|(start, end)| end < start) {
            problems.push(Problem::at("end", |l| Text(l).end_first()));
        }
        match (chosen, start, end, problems.is_empty()) {
            (Some(chosen), Some(start), Some(end), true) => Ok(Wanted {
                office: chosen.office.clone(),
                supervisor: chosen.id,
                area: self.area.clone(),
                stay: Stay { start, end },
            }),
            _ => Err(problems),
        }
    }
}

fn show(
    me: &HrReviewer,
    plan: &Plan,
    id: Uuid,
    form: Filled<Form>,
    worked_out: Option<(&Wanted, &Stated)>,
) -> Result<Response> {
    let lang = me.lang;
    let wished = |office: &str| plan.profile.wishes.offices.iter().position(|wish| wish == office);
    let mut offices: Vec<_> = plan.offices.iter().collect();
    let known = form.values.supervisor.split(':').next().unwrap_or_default();
    offices.sort_by_key(|office| (office.id != known, wished(&office.id).unwrap_or(usize::MAX)));
    let group = |office: &&crate::offices::Office| {
        let there = plan.supervisors.iter().filter(|s| s.office == office.id);
        let choice = |s: &super::plan::Supervisor| {
            let value = format!("{}:{}", s.office, s.id);
            let chosen = form.values.supervisor == value;
            Choice::new(value, format!("{}, {}", s.name, office.name(lang)), chosen)
        };
        let choices: Vec<Choice> = there.map(choice).collect();
        (!choices.is_empty()).then(|| Group { label: office.name(lang).to_owned(), choices })
    };
    let names: Vec<String> = plan
        .profile
        .wishes
        .offices
        .iter()
        .filter_map(|id| plan.office(id).map(|office| office.name(lang).to_owned()))
        .collect();
    let terms = worked_out.map_or(Vec::new(), |(wanted, stated)| {
        let place = plan.office(&wanted.office).map_or("", |office| office.name(lang));
        let funding = &plan.profile.funding;
        let policy = plan.policies.at(&wanted.office);
        explain::terms::lines(stated, wanted.stay, &policy.terms, funding, place, lang)
    });
    let rules = worked_out.map_or(Vec::new(), |(wanted, _)| {
        explain::eligibility::lines(&plan.assessment(&wanted.office, wanted.stay), lang)
    });
    let area = |a: &areas::Area| Choice::new(a.code, a.name(lang), a.code == form.values.area);
    let view = View {
        page: me.page(Text),
        id,
        name: plan.name.clone(),
        wishes: lang.list(&names),
        supervisors: offices.iter().filter_map(group).collect(),
        areas: areas::sorted(lang).into_iter().map(area).collect(),
        terms,
        rules,
        form,
    };
    html(view.form.status(), &view)
}

/// The application is still in the pool, and stays there until the commit.
async fn still_so(tx: &mut Tx<HrReviewer>, id: Uuid, version: i32) -> Result<bool> {
    let held = sqlx::query_scalar!(
        "select id from application where id = $1 and version = $2 and state = 'pooled' for update",
        id,
        version
    );
    Ok(held.fetch_optional(&mut **tx).await?.is_some())
}

/// The open proposal of the very same placement, if there is one.
async fn twin(tx: &mut Tx<HrReviewer>, application: Uuid, wanted: &Wanted) -> Result<Option<Uuid>> {
    let known = sqlx::query_scalar!(
        "select id from placement where application_id = $1 and office_id = $2 and supervisor_id = $3
             and starts_on = $4 and ends_on = $5 and area = $6 and is_open",
        application,
        wanted.office,
        wanted.supervisor,
        wanted.stay.start,
        wanted.stay.end,
        wanted.area
    );
    Ok(known.fetch_optional(&mut **tx).await?)
}

async fn insert(
    tx: &mut Tx<HrReviewer>,
    id: Uuid,
    application: Uuid,
    wanted: &Wanted,
    stated: &Stated,
    year: i32,
) -> Result<()> {
    let (me, now) = (tx.actor(), tx.now());
    let number = sqlx::query_scalar!(r#"select nextval('placement_number') as "number!""#);
    let number = number.fetch_one(&mut **tx).await?;
    sqlx::query!(
        "insert into placement (id, reference, application_id, office_id, supervisor_id, area, starts_on, ends_on,
             terms, proposed_by, version, action, came_from, state, state_since)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, 'propose', 'new', 'proposed', $11)",
        id,
        format!("PL-{year}-{number:04}"),
        application,
        wanted.office,
        wanted.supervisor,
        wanted.area,
        wanted.stay.start,
        wanted.stay.end,
        serde_json::to_value(stated)?,
        me.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

texts!(Text {
    title: "Propose a placement", "Proposer une affectation", "Proponer una plaza";
    lead: "The supervisor reads the profile and decides. The candidate sees that an office is looking at the profile; nothing is offered yet.",
        "La personne responsable lit le dossier et décide. La personne candidate voit qu’un bureau examine son dossier ; rien ne lui est encore offert.",
        "La persona supervisora lee el perfil y decide. La persona candidata ve que una oficina estudia su perfil; todavía no se le ofrece nada.";
    wishes(places): "The candidate wishes for {places}.", "La personne candidate souhaite {places}.", "La persona candidata desea {places}.";
    anywhere: "The candidate can work at any duty station.", "La personne candidate peut travailler dans n’importe quel lieu d’affectation.",
        "La persona candidata puede trabajar en cualquier lugar de destino.";
    supervisor: "Supervisor and duty station", "Responsable et lieu d’affectation", "Persona supervisora y lugar de destino";
    supervisor_hint: "The places the candidate wishes for come first. People who supervise nowhere are not listed.",
        "Les lieux souhaités viennent en premier. Les personnes qui n’encadrent nulle part n’y figurent pas.",
        "Los lugares deseados aparecen primero. Quien no supervisa en ningún lugar no figura en la lista.";
    not_agreed: "The candidate did not wish for this office and has not agreed to be considered for others: choose an office they wished for",
        "La personne candidate n’a pas souhaité ce bureau et n’a pas accepté d’être proposée à d’autres : choisissez un bureau qu’elle a souhaité",
        "La persona candidata no pidió esta oficina ni aceptó que se la considere para otras: elija una oficina que haya pedido";
    choose_supervisor: "Choose a supervisor", "Choisissez une personne responsable", "Elija una persona supervisora";
    nobody: "No supervisor is known yet. The administrator adds them.", "Aucune personne responsable n’est encore connue. L’administration les ajoute.",
        "Todavía no hay personas supervisoras. La administración las añade.";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    choose_area: "Choose the area of work", "Choisissez le domaine de travail", "Elija el área de trabajo";
    start: "First day", "Premier jour", "Primer día";
    end: "Last day", "Dernier jour", "Último día";
    date_hint: "As the candidate proposed, and for no longer than a first agreement.",
        "Selon la proposition de la personne candidate, et au plus pour la durée d’une première convention.",
        "Como propuso la persona candidata y, como máximo, por la duración de un primer acuerdo.";
    enter_start: "Enter the first day", "Indiquez le premier jour", "Indique el primer día";
    enter_end: "Enter the last day", "Indiquez le dernier jour", "Indique el último día";
    start_past: "First day must be today or later", "Le premier jour ne peut pas être déjà passé", "El primer día no puede haber pasado ya";
    end_first: "Last day must be after the first day", "Le dernier jour doit suivre le premier", "El último día debe ser posterior al primero";
    unjudged: "For this version of the profile and this first day, a rule has still to be judged by a person: do so on the page of the case, then propose",
        "Pour cette version du dossier et ce premier jour, une règle doit encore être jugée par une personne : faites-le sur la page du dossier, puis proposez",
        "Para esta versión del perfil y este primer día, una persona tiene que juzgar aún una norma: hágalo en la página del caso y proponga después";
    not_eligible: "A rule is not met on this first day: see the rules below", "Une règle n’est pas remplie à ce premier jour : voyez les règles ci-dessous",
        "Una norma no se cumple en este primer día: vea las normas más abajo";
    acts_twice: "Nobody acts twice on the same application: choose another supervisor", "Personne n’agit deux fois sur la même candidature : choisissez une autre personne responsable",
        "Nadie actúa dos veces sobre la misma candidatura: elija otra persona supervisora";
    proposed_there: "A placement at this duty station is open already", "Une affectation est déjà ouverte dans ce lieu d’affectation",
        "Ya hay una plaza abierta en este lugar de destino";
    moved_on: "Something happened to this application meanwhile. Read what is new, then propose again. What you typed is still here.",
        "Cette candidature a évolué entre-temps. Lisez ce qui est nouveau, puis proposez à nouveau. Ce que vous avez saisi est toujours là.",
        "Esta candidatura ha cambiado entretanto. Lea las novedades y proponga de nuevo. Lo que escribió sigue aquí.";
    terms: "Terms", "Conditions", "Condiciones";
    worked_out: "Worked out from the rules, for what is entered above.", "Calculées d’après les règles, pour ce qui est saisi ci-dessus.",
        "Calculadas según las normas, con los datos indicados arriba.";
    rules: "Rules on the first day", "Règles au premier jour", "Normas en el primer día";
    check: "Work out the terms", "Calculer les conditions", "Calcular las condiciones";
    propose: "Propose to the supervisor", "Proposer à la personne responsable", "Proponer a la persona supervisora";
    keep: "Leave it as it is", "Le laisser tel quel", "Dejarlo como está";
});
