//! An administrator proposes the next version of the policy, or numbers of an office's own: what is left empty there is
//! as everywhere.

use super::numbers::{Form, Number, Words};
use super::trial;
use crate::db::Tx;
use crate::domain::policy::{NewPolicy, OfficePolicy, OwnNumbers, Policy};
use crate::text::texts;
use crate::web::{
    Administrator, App, Choice, Error, Filled, Page, Path, Posted, Problem, Result, html, see_other,
};
use crate::{offices, policies};
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/policies/new", get(ask).post(propose))
        .route("/administration/offices/{office}/policy", get(ask_of_office).post(propose_of_office))
}

/// An office that may have numbers of its own.
struct Office {
    id: String,
    name: String,
    own: OwnNumbers,
    /// What holds where it says nothing.
    programme: Policy,
}

#[derive(askama::Template)]
#[template(path = "administration/propose_policy.html")]
struct View {
    page: Page<Text>,
    words: Words,
    form: Filled<Form>,
    /// `None`: of the programme.
    office: Option<Office>,
    languages: Vec<Choice>,
    levels: Vec<Choice>,
}

impl View {
    fn numbers(&self) -> Vec<Number> {
        match &self.office {
            None => self.form.values.numbers(self.page.lang),
            Some(_) => self.form.values.own_numbers(self.page.lang),
        }
    }

    fn languages_hint(&self) -> String {
        self.office.as_ref().map_or_else(String::new, |_| self.page.t.languages_hint())
    }

    /// What holds where an office says nothing.
    fn hint(&self, field: &str) -> String {
        let everywhere =
            self.office.iter().flat_map(|office| Form::of(&office.programme).numbers(self.page.lang));
        let mut values = everywhere.filter(|number| number.field == field).map(|number| number.value);
        values.next().map_or_else(String::new, |value| self.page.t.everywhere(value))
    }
}

async fn ask(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let now = policies::in_force(&mut tx, today).await?;
    show(&me, None, Filled::fresh(Form { id: Uuid::now_v7().to_string(), ..Form::of(&now) }))
}

async fn propose(me: Administrator, form: Posted<Form>) -> Result<Response> {
    let tx = me.begin().await?;
    let today = tx.today();
    match form.judge(|form| Ok((form.clone(), form.read(today)?))) {
        Ok((form, policy)) => keep(&me, tx, None, form, &NewPolicy::Programme(policy)).await,
        Err(form) => show(&me, None, form),
    }
}

async fn ask_of_office(me: Administrator, Path(id): Path<String>) -> Result<Response> {
    let office = office(&me, &mut me.begin().await?, id).await?;
    let form = Form { id: Uuid::now_v7().to_string(), ..Form::of_own(&office.own) };
    show(&me, Some(office), Filled::fresh(form))
}

async fn propose_of_office(
    me: Administrator,
    Path(id): Path<String>,
    form: Posted<Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (office, today) = (office(&me, &mut tx, id).await?, tx.today());
    let everywhere = Form::of(&office.programme);
    match form.judge(|form| Ok((form.clone(), form.or(&everywhere).read(today)?))) {
        Ok((form, whole)) => {
            let new = OfficePolicy {
                office: office.id.clone(),
                effective_from: whole.effective_from,
                numbers: OwnNumbers::between(&office.programme, &whole),
            };
            keep(&me, tx, Some(office), form, &NewPolicy::Office(new)).await
        }
        Err(form) => show(&me, Some(office), form),
    }
}

async fn keep(
    me: &Administrator,
    tx: Tx<Administrator>,
    office: Option<Office>,
    form: Form,
    new: &NewPolicy,
) -> Result<Response> {
    let id = form.id.parse().unwrap_or_else(|_| Uuid::now_v7());
    match trial::propose(tx, id, new).await {
        Ok(()) => see_other(&format!("/administration/policies/{id}")),
        Err(error) if error.constraint() == Some("one_proposal_a_day") => {
            let problem = Problem::at("from", |l| Words(l).day_taken());
            show(me, office, Filled::with(form, vec![problem]))
        }
        Err(error) => Err(error),
    }
}

async fn office(me: &Administrator, tx: &mut Tx<Administrator>, id: String) -> Result<Office> {
    let today = tx.today();
    let name = offices::names(tx, me.lang).await?.remove(&id).ok_or(Error::NotFound)?;
    let now = policies::all(tx, today).await?;
    let own = now.offices().find(|own| own.office == id).map(|own| own.numbers.clone()).unwrap_or_default();
    Ok(Office { id, name, own, programme: now.programme })
}

fn show(me: &Administrator, office: Option<Office>, form: Filled<Form>) -> Result<Response> {
    let as_everywhere = office.as_ref().map(|office| {
        let level = Form::of(&office.programme).working_level;
        Choice::new("", Text(me.lang).everywhere(level), form.values.working_level.is_empty())
    });
    let view = View {
        page: me.page(Text),
        words: Words(me.lang),
        office,
        languages: form.values.language_choices(me.lang),
        levels: as_everywhere.into_iter().chain(form.values.level_choices()).collect(),
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    policies: "Policies", "Règles du programme", "Normas del programa";
    title: "Propose a new version of the policy", "Proposer une nouvelle version des règles", "Proponer una nueva versión de las normas";
    title_own(office): "Propose {office}’s own numbers", "Proposer des chiffres propres au bureau : {office}", "Proponer cifras propias de la oficina: {office}";
    lead: "It is tried against the pool at once. It takes effect only if another administrator confirms it before its day.",
        "Elle est aussitôt essayée sur le vivier. Elle ne prend effet que si une autre personne de l’administration la confirme avant son jour.",
        "Se prueba de inmediato con la bolsa. Solo entra en vigor si otra persona de administración la confirma antes de su día.";
    lead_own: "Whatever is left empty is as everywhere. They are tried against the pool at once, and take effect only if another administrator confirms them before their day.",
        "Ce qui reste vide est comme partout. Ils sont aussitôt essayés sur le vivier et ne prennent effet que si une autre personne de l’administration les confirme avant leur jour.",
        "Lo que se deja vacío es como en todas partes. Se prueban de inmediato con la bolsa y solo entran en vigor si otra persona de administración las confirma antes de su día.";
    everywhere(value): "Everywhere: {value}", "Partout : {value}", "En todas partes: {value}";
    languages_hint: "Choose none to leave them as everywhere.", "N’en choisissez aucune pour rester comme partout.", "No elija ninguno para dejarlos como en todas partes.";
    propose: "Propose and try it", "Proposer et essayer", "Proponer y probar";
    keep: "Leave the policy as it is", "Laisser les règles telles quelles", "Dejar las normas como están";
});
