//! The versions of the policy, and the form for the next one. Numbers hold from a day on; nothing that was decided
//! before changes by them.

use super::trial;
use crate::db::{Note, Tx};
use crate::domain::eligibility::{self, Level};
use crate::domain::policy::Policy;
use crate::domain::terms;
use crate::explain::profile::capitalised;
use crate::policies;
use crate::reference::languages;
use crate::text::texts;
use crate::web::{
    Administrator, App, Choice, Filled, Page, Posted, Problem, Result, TypedDate, html, see_other,
};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/policies", get(list))
        .route("/administration/policies/new", get(ask).post(propose))
}

const LEVELS: [(Level, &str); 6] = [
    (Level::A1, "A1"),
    (Level::A2, "A2"),
    (Level::B1, "B1"),
    (Level::B2, "B2"),
    (Level::C1, "C1"),
    (Level::C2, "C2"),
];

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// Of the proposal, chosen with the form: sent twice, it is one.
    id: String,
    from_day: String,
    from_month: String,
    from_year: String,
    from_age: String,
    below_age: String,
    months_after_award: String,
    #[validate(length(max = 12))]
    working_language: Vec<String>,
    working_level: String,
    shortest_months: String,
    initial_months: String,
    total_months: String,
    days_as_month: String,
    preferred_months: String,
}

#[derive(askama::Template)]
#[template(path = "administration/policies.html")]
struct List {
    page: Page<Text>,
    versions: Vec<Version>,
    proposals: Vec<Proposal>,
    today: NaiveDate,
}

struct Version {
    effective_from: NaiveDate,
    numbers: Vec<(String, String)>,
}

struct Proposal {
    id: Uuid,
    effective_from: NaiveDate,
    proposed_by: String,
    changed: i64,
}

#[derive(askama::Template)]
#[template(path = "administration/policy_new.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    languages: Vec<Choice>,
    levels: Vec<Choice>,
}

impl View {
    /// The fields that are whole numbers: name, label, value.
    fn numbers(&self) -> [(&'static str, String, &str); 8] {
        let (t, it) = (Text(self.page.lang), &self.form.values);
        [
            ("from_age", t.from_age(), &it.from_age),
            ("below_age", t.below_age(), &it.below_age),
            ("months_after_award", t.months_after_award(), &it.months_after_award),
            ("shortest_months", t.shortest_months(), &it.shortest_months),
            ("initial_months", t.initial_months(), &it.initial_months),
            ("total_months", t.total_months(), &it.total_months),
            ("days_as_month", t.days_as_month(), &it.days_as_month),
            ("preferred_months", t.preferred_months(), &it.preferred_months),
        ]
    }
}

async fn list(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let rows = sqlx::query!(
        "select id, effective_from, eligibility, terms from policy order by effective_from desc"
    );
    let mut versions = Vec::new();
    for row in rows.fetch_all(&mut *tx).await? {
        let policy = Policy {
            id: row.id,
            effective_from: row.effective_from,
            eligibility: serde_json::from_value(row.eligibility)?,
            terms: serde_json::from_value(row.terms)?,
        };
        let numbers = numbers(&policy, me.lang);
        versions.push(Version { effective_from: policy.effective_from, numbers });
    }
    let proposals = sqlx::query_as!(
        Proposal,
        r#"select o.id, effective_from, trim(given_names || ' ' || family_names) as "proposed_by!",
               (select count(*) from policy_trial t where t.proposal_id = o.id) as "changed!"
           from policy_proposal o join person p on p.id = o.proposed_by
           where confirmed_at is null and dropped_at is null order by effective_from"#
    );
    let proposals = proposals.fetch_all(&mut *tx).await?;
    html(StatusCode::OK, &List { page: me.page(Text), versions, proposals, today: tx.today() })
}

async fn ask(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let now = policies::in_force(&mut tx, today).await?;
    let (rules, terms) = (&now.eligibility, &now.terms);
    let form = Form {
        id: Uuid::now_v7().to_string(),
        from_age: rules.from_age.to_string(),
        below_age: rules.below_age.to_string(),
        months_after_award: rules.months_after_award.to_string(),
        working_language: rules.working_languages.clone(),
        working_level: level_code(rules.working_level).to_owned(),
        shortest_months: terms.shortest_months.to_string(),
        initial_months: terms.initial_months.to_string(),
        total_months: terms.total_months.to_string(),
        days_as_month: terms.days_as_month.to_string(),
        preferred_months: terms.preferred_months.to_string(),
        ..Form::default()
    };
    show(&me, Filled::fresh(form))
}

async fn propose(me: Administrator, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let (form, policy) = match form.judge(|form| Ok((form.clone(), form.read(today)?))) {
        Ok(judged) => judged,
        Err(form) => return show(&me, form),
    };
    let id = form.id.parse().unwrap_or_else(|_| Uuid::now_v7());
    match keep(&mut tx, id, &policy, today).await {
        Ok(true) => {
            let done = tx.note(Note::PolicyProposed, id, &[]).await?;
            tx.commit(done).await?;
        }
        Ok(false) => {} // a double click
        Err(error) if error.constraint() == Some("one_proposal_a_day") => {
            let problem = Problem::at("from", |l| Text(l).day_taken());
            return show(&me, Filled::with(form, vec![problem]));
        }
        Err(error) => return Err(error),
    }
    see_other(&format!("/administration/policies/{id}"))
}

/// Keeps a proposal and whom it would change. `false`: it is kept already.
async fn keep(tx: &mut Tx<Administrator>, id: Uuid, policy: &Policy, today: NaiveDate) -> Result<bool> {
    let (me, moment) = (tx.actor(), tx.now());
    let kept = sqlx::query!(
        "insert into policy_proposal (id, effective_from, eligibility, terms, proposed_by, proposed_at, tried_at, tried)
         values ($1, $2, $3, $4, $5, $6, $6, 0) on conflict (id) do nothing",
        id,
        policy.effective_from,
        serde_json::to_value(&policy.eligibility)?,
        serde_json::to_value(policy.terms)?,
        me.0,
        moment
    );
    if kept.execute(&mut **tx).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let now = policies::in_force(tx, today).await?;
    let tried = trial::run(tx, id, &now, policy).await?;
    sqlx::query!("update policy_proposal set tried = $2 where id = $1", id, tried).execute(&mut **tx).await?;
    Ok(true)
}

fn level_code(level: Level) -> &'static str {
    LEVELS.iter().find(|(known, _)| *known == level).map_or("", |(_, code)| code)
}

/// A policy's numbers, each with what it is.
pub fn numbers(policy: &Policy, lang: crate::text::Lang) -> Vec<(String, String)> {
    let (t, rules, terms) = (Text(lang), &policy.eligibility, &policy.terms);
    let known: Vec<String> = rules
        .working_languages
        .iter()
        .map(|code| crate::explain::opening::language_name(code, lang))
        .collect();
    let number = |n: u32| lang.number(i64::from(n));
    vec![
        (t.from_age(), number(rules.from_age)),
        (t.below_age(), number(rules.below_age)),
        (t.months_after_award(), number(rules.months_after_award)),
        (t.working_languages(), lang.list(&known)),
        (t.working_level(), level_code(rules.working_level).to_owned()),
        (t.shortest_months(), number(terms.shortest_months)),
        (t.initial_months(), number(terms.initial_months)),
        (t.total_months(), number(terms.total_months)),
        (t.days_as_month(), number(terms.days_as_month)),
        (t.preferred_months(), number(terms.preferred_months)),
    ]
}

impl Form {
    fn read(&self, today: NaiveDate) -> Result<Policy, Vec<Problem>> {
        let mut problems = Vec::new();
        let from = TypedDate { day: &self.from_day, month: &self.from_month, year: &self.from_year };
        let from = from.wanted("from", |l| Text(l).from(), |l| Text(l).enter_from(), &mut problems);
        if from.is_some_and(|day| day <= today) {
            problems.push(Problem::at("from", |l| Text(l).in_the_future()));
        }
        let mut number = |field: &'static str, typed: &str, least: u32, most: u32| {
            let read = typed.parse::<u32>().ok().filter(|n| (least..=most).contains(n));
            if read.is_none() {
                problems.push(Problem::at(field, move |l| Text(l).between(least, most)));
            }
            read.unwrap_or_default()
        };
        let from_age = number("from_age", &self.from_age, 15, 99);
        let below_age = number("below_age", &self.below_age, 16, 100);
        let months_after_award = number("months_after_award", &self.months_after_award, 0, 120);
        let shortest_months = number("shortest_months", &self.shortest_months, 1, 24);
        let initial_months = number("initial_months", &self.initial_months, 1, 24);
        let total_months = number("total_months", &self.total_months, 1, 36);
        let days_as_month = number("days_as_month", &self.days_as_month, 28, 31);
        let preferred_months = number("preferred_months", &self.preferred_months, 1, 36);
        if problems.is_empty() && from_age >= below_age {
            problems.push(Problem::at("below_age", |l| Text(l).ages_in_order()));
        }
        if problems.is_empty() && !(shortest_months <= initial_months && initial_months <= total_months) {
            problems.push(Problem::at("shortest_months", |l| Text(l).months_in_order()));
        }
        let mut working_languages: Vec<String> =
            self.working_language.iter().filter(|code| !code.is_empty()).cloned().collect();
        working_languages.dedup();
        let known = languages::sorted(crate::text::Lang::En);
        if working_languages.is_empty()
            || working_languages.iter().any(|code| known.iter().all(|it| it.code != code.as_str()))
        {
            problems.push(Problem::missing("working_language", |l| Text(l).choose_language()));
        }
        let level = LEVELS.iter().find(|(_, code)| *code == self.working_level).map(|(level, _)| *level);
        if level.is_none() {
            problems.push(Problem::missing("working_level", |l| Text(l).choose_level()));
        }
        match (from, level, problems.is_empty()) {
            (Some(effective_from), Some(working_level), true) => Ok(Policy {
                id: policies::PROGRAMME.to_owned(),
                effective_from,
                eligibility: eligibility::Policy {
                    from_age,
                    below_age,
                    months_after_award,
                    working_languages,
                    working_level,
                },
                terms: terms::Policy {
                    shortest_months,
                    initial_months,
                    total_months,
                    days_as_month,
                    preferred_months,
                },
            }),
            _ => Err(problems),
        }
    }
}

fn show(me: &Administrator, form: Filled<Form>) -> Result<Response> {
    let chosen = &form.values.working_language;
    let codes = ["en", "fr", "es"].into_iter().map(str::to_owned);
    let mut offered: Vec<String> = codes.chain(chosen.iter().cloned()).collect();
    offered.sort();
    offered.dedup();
    let languages = languages::sorted(me.lang)
        .into_iter()
        .filter(|it| offered.iter().any(|code| code == it.code))
        .map(|it| {
            Choice::new(it.code, capitalised(it.name(me.lang)), chosen.iter().any(|code| code == it.code))
        })
        .collect();
    let levels = LEVELS.map(|(_, code)| Choice::new(code, code, code == form.values.working_level)).into();
    let view = View { page: me.page(Text), languages, levels, form };
    html(view.form.status(), &view)
}

texts!(pub Text {
    title: "Policies", "Règles du programme", "Normas del programa";
    lead: "The numbers that decide who may come and for how long. A version holds from its day on; what was decided before stays.",
        "Les chiffres qui décident qui peut venir et pour combien de temps. Une version vaut à partir de son jour ; ce qui a été décidé avant demeure.",
        "Las cifras que deciden quién puede venir y por cuánto tiempo. Una versión vale desde su día; lo decidido antes se mantiene.";
    write: "Propose a new version", "Proposer une nouvelle version", "Proponer una nueva versión";
    proposed: "Proposed", "Proposées", "Propuestas";
    proposal(day): "From {day}", "À partir du {day}", "Desde el {day}";
    by(who, n): "Proposed by {who}. Verdicts that would change: {n}", "Proposée par {who}. Avis qui changeraient : {n}", "Propuesta por {who}. Dictámenes que cambiarían: {n}";
    version(day): "In force from {day}", "En vigueur à partir du {day}", "En vigor desde el {day}";
    future: "Not yet in force", "Pas encore en vigueur", "Aún no está en vigor";
    new_title: "Propose a new version of the policy", "Proposer une nouvelle version des règles", "Proponer una nueva versión de las normas";
    new_lead: "It is tried against the pool at once. It takes effect only if another administrator confirms it before its day.",
        "Elle est aussitôt essayée sur le vivier. Elle ne prend effet que si une autre personne de l’administration la confirme avant son jour.",
        "Se prueba de inmediato con la bolsa. Solo entra en vigor si otra persona de administración la confirma antes de su día.";
    from: "In force from", "En vigueur à partir du", "En vigor desde";
    enter_from: "Enter the day from which it is in force", "Indiquez le jour à partir duquel elle est en vigueur", "Indique el día desde el que está en vigor";
    in_the_future: "Choose a day after today", "Choisissez un jour après aujourd’hui", "Elija un día posterior a hoy";
    day_taken: "Another version is proposed for this day: confirm or drop that one first",
        "Une autre version est proposée pour ce jour : confirmez-la ou abandonnez-la d’abord",
        "Ya hay otra versión propuesta para ese día: confírmela o descártela antes";
    from_age: "Youngest age at the start, in years", "Âge minimal au début, en années", "Edad mínima al comenzar, en años";
    below_age: "First age that is too old, in years", "Premier âge trop élevé, en années", "Primera edad que excede el límite, en años";
    ages_in_order: "The first age that is too old must be above the youngest age", "Le premier âge trop élevé doit dépasser l’âge minimal", "La primera edad que excede el límite debe ser mayor que la mínima";
    months_after_award: "Months after an award in which one may start", "Mois après le diplôme pendant lesquels on peut commencer", "Meses tras el título en los que se puede comenzar";
    working_languages: "Working languages: one is enough", "Langues de travail : une suffit", "Idiomas de trabajo: basta uno";
    choose_language: "Choose at least one language", "Choisissez au moins une langue", "Elija al menos un idioma";
    working_level: "Level needed in it", "Niveau nécessaire", "Nivel necesario";
    choose_level: "Choose a level", "Choisissez un niveau", "Elija un nivel";
    shortest_months: "Shortest stay, in months", "Séjour le plus court, en mois", "Estancia más corta, en meses";
    initial_months: "Longest first agreement, in months", "Premier accord le plus long, en mois", "Primer acuerdo más largo, en meses";
    total_months: "All stays together, in months", "Tous les séjours ensemble, en mois", "Todas las estancias juntas, en meses";
    months_in_order: "The shortest stay, the longest first agreement and all stays together must rise in this order",
        "Le séjour le plus court, le premier accord le plus long et tous les séjours ensemble doivent croître dans cet ordre",
        "La estancia más corta, el primer acuerdo más largo y todas las estancias juntas deben crecer en este orden";
    days_as_month: "Left-over days that count as a month", "Jours restants qui comptent comme un mois", "Días sobrantes que cuentan como un mes";
    preferred_months: "From here on a stay is preferred, in months", "Durée à partir de laquelle un séjour est préféré, en mois", "Duración a partir de la cual se prefiere una estancia, en meses";
    between(least, most): "Enter a whole number from {least} to {most}", "Indiquez un nombre entier de {least} à {most}", "Indique un número entero de {least} a {most}";
    propose: "Propose and try it", "Proposer et essayer", "Proponer y probar";
    keep: "Leave the policy as it is", "Laisser les règles telles quelles", "Dejar las normas como están";
});
