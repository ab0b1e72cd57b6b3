//! A proposed version of the policy: whom it would change, and a second administrator who confirms it or drops it.

use super::{numbers::differences, trial};
use crate::db::{Note, Tx};
use crate::domain::eligibility::Verdict;
use crate::domain::policy::{NewPolicy, OfficePolicy, Policy};
use crate::explain::eligibility::verdict_name;
use crate::text::{Lang, texts};
use crate::web::pager::next_after;
use crate::web::{Administrator, App, Page, Path, Query, Result, html, see_other};
use crate::{offices, policies};
use axum::http::StatusCode;
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::from_value;
use uuid::Uuid;

const PER_PAGE: usize = 50;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/policies/{id}", get(show))
        .route("/administration/policies/{id}/try", post(try_again))
        .route("/administration/policies/{id}/confirm", post(confirm))
        .route("/administration/policies/{id}/drop", post(drop_it))
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Filter {
    /// The application that the page before ended with.
    after: String,
}

/// What became of a proposal, or can.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Waits for another administrator than its proposer.
    Waits,
    /// Its day has come before anybody confirmed it.
    Late,
    Confirmed,
    Dropped,
}

struct Proposal {
    new: NewPolicy,
    effective_from: NaiveDate,
    /// The name of the office whose own numbers they are.
    office: Option<String>,
    proposed_by: Uuid,
    proposer: String,
    tried_at: DateTime<Utc>,
    tried: i32,
    standing: Standing,
}

#[derive(askama::Template)]
#[template(path = "administration/policy.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    it: Proposal,
    /// What it is now and what it would be, where both differ.
    differences: Vec<(String, String, String)>,
    is_mine: bool,
    /// How many verdicts would change, and of how many.
    changed: String,
    tried: String,
    counts: Vec<(String, String, String)>,
    lines: Vec<Line>,
    next: Option<Uuid>,
    is_first: bool,
}

impl View {
    fn title(&self) -> String {
        let day = self.page.date(&self.it.effective_from);
        match &self.it.office {
            Some(office) => self.page.t.title_own(office, day),
            None => self.page.t.title(day),
        }
    }
}

struct Line {
    id: Uuid,
    reference: String,
    was: String,
    becomes: String,
}

async fn show(me: Administrator, Path(id): Path<Uuid>, Query(filter): Query<Filter>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let it = proposal(&mut tx, id, me.lang).await?;
    let now = policies::all(&mut tx, today).await?;
    let then = now.with(&it.new);
    let counts = counts(&mut tx, id, me.lang).await?;
    let after: Option<Uuid> = filter.after.parse().ok();
    let mut lines = lines(&mut tx, id, after, me.lang).await?;
    let next = next_after(&mut lines, PER_PAGE, |last| last.id);
    let differences = differences(&now.of(it.new.office()), &then.of(it.new.office()), me.lang);
    let tried = me.lang.number(it.tried.into());
    let view = View {
        page: me.page(Text),
        id,
        is_mine: it.proposed_by == me.id.0,
        it,
        differences,
        changed: me.lang.number(counts.iter().map(|(_, _, n)| n).sum()),
        tried,
        counts: counts.into_iter().map(|(was, becomes, n)| (was, becomes, me.lang.number(n))).collect(),
        next,
        is_first: after.is_none(),
        lines,
    };
    html(StatusCode::OK, &view)
}

/// The pool changes from day to day: whom would it change now?
async fn try_again(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let it = proposal(&mut tx, id, me.lang).await?;
    if it.standing == Standing::Waits {
        let today = tx.today();
        let now = policies::all(&mut tx, today).await?;
        trial::run(&mut tx, id, &now, &it.new).await?;
        let done = tx.note(Note::PolicyTried, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("/administration/policies/{id}"))
}

/// Only another administrator can, whatever page was sent: the database says the same.
async fn confirm(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let it = proposal(&mut tx, id, me.lang).await?;
    if it.standing == Standing::Waits && it.proposed_by != me.id.0 {
        put_in_force(&mut tx, id).await?;
        let done = tx.note(Note::PolicyConfirmed, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other(&format!("/administration/policies/{id}"))
}

/// A proposal becomes what it proposes: the programme's next version, or numbers of an office's own.
async fn put_in_force(tx: &mut Tx<Administrator>, id: Uuid) -> Result<()> {
    let (me, moment) = (tx.actor(), tx.now());
    sqlx::query!(
        "with confirmed as (
             update policy_proposal set confirmed_by = $2, confirmed_at = $3 where id = $1
             returning effective_from, office_id, eligibility, terms, numbers),
         of_office as (
             insert into office_policy (office_id, effective_from, numbers)
             select office_id, effective_from, numbers from confirmed where office_id is not null
             on conflict (office_id, effective_from) do update set numbers = excluded.numbers)
         insert into policy (id, effective_from, eligibility, terms)
         select $4, effective_from, eligibility, terms from confirmed where office_id is null
         on conflict (id, effective_from) do update
             set eligibility = excluded.eligibility, terms = excluded.terms",
        id,
        me.0,
        moment,
        policies::PROGRAMME
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn drop_it(me: Administrator, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let it = proposal(&mut tx, id, me.lang).await?;
    if matches!(it.standing, Standing::Waits | Standing::Late) {
        let moment = tx.now();
        sqlx::query!("update policy_proposal set dropped_at = $2 where id = $1", id, moment)
            .execute(&mut *tx)
            .await?;
        let done = tx.note(Note::PolicyDropped, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/administration/policies")
}

/// A proposal, held: two who decide on it queue.
async fn proposal(tx: &mut Tx<Administrator>, id: Uuid, lang: Lang) -> Result<Proposal> {
    let today = tx.today();
    let row = sqlx::query!(
        r#"select o.effective_from, o.office_id, o.eligibility, o.terms, o.numbers, o.proposed_by, o.tried_at, o.tried,
               o.confirmed_at is not null as "is_confirmed!", o.dropped_at is not null as "is_dropped!",
               trim(p.given_names || ' ' || p.family_names) as "proposer!"
           from policy_proposal o join person p on p.id = o.proposed_by where o.id = $1 for update of o"#,
        id
    );
    let row = row.fetch_one(&mut **tx).await?;
    let names = offices::names(tx, lang).await?;
    let effective_from = row.effective_from;
    Ok(Proposal {
        office: row.office_id.as_ref().map(|id| names.get(id).unwrap_or(id).clone()),
        effective_from,
        standing: match (row.is_confirmed, row.is_dropped) {
            (true, _) => Standing::Confirmed,
            (_, true) => Standing::Dropped,
            _ if row.effective_from <= today => Standing::Late,
            _ => Standing::Waits,
        },
        new: match row.office_id {
            Some(office) => {
                let numbers = from_value(row.numbers.unwrap_or_default())?;
                NewPolicy::Office(OfficePolicy { office, effective_from, numbers })
            }
            None => NewPolicy::Programme(Policy {
                id: policies::PROGRAMME.to_owned(),
                effective_from,
                office: None,
                eligibility: from_value(row.eligibility.unwrap_or_default())?,
                terms: from_value(row.terms.unwrap_or_default())?,
            }),
        },
        proposed_by: row.proposed_by,
        proposer: row.proposer,
        tried_at: row.tried_at,
        tried: row.tried,
    })
}

fn in_words(verdict: &str, lang: Lang) -> String {
    Verdict::from_code(verdict).map_or_else(|| verdict.to_owned(), |verdict| verdict_name(verdict, lang))
}

async fn counts(tx: &mut Tx<Administrator>, id: Uuid, lang: Lang) -> Result<Vec<(String, String, i64)>> {
    let rows = sqlx::query!(
        r#"select was, becomes, count(*) as "n!" from policy_trial where proposal_id = $1
           group by was, becomes order by 3 desc, was, becomes"#,
        id
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|row| (in_words(&row.was, lang), in_words(&row.becomes, lang), row.n)).collect())
}

async fn lines(tx: &mut Tx<Administrator>, id: Uuid, after: Option<Uuid>, lang: Lang) -> Result<Vec<Line>> {
    let rows = sqlx::query!(
        "select t.application_id, a.reference, t.was, t.becomes
         from policy_trial t join application a on a.id = t.application_id
         where t.proposal_id = $1 and ($2::uuid is null or t.application_id > $2)
         order by t.application_id limit $3",
        id,
        after,
        i64::try_from(PER_PAGE + 1).unwrap_or(i64::MAX)
    );
    let line = |row: (Uuid, String, String, String)| Line {
        id: row.0,
        reference: row.1,
        was: in_words(&row.2, lang),
        becomes: in_words(&row.3, lang),
    };
    let rows = rows.fetch_all(&mut **tx).await?;
    Ok(rows.into_iter().map(|row| line((row.application_id, row.reference, row.was, row.becomes))).collect())
}

texts!(Text {
    back: "Policies", "Règles du programme", "Normas del programa";
    title(day): "Policy from {day}", "Règles à partir du {day}", "Normas desde el {day}";
    title_own(office, day): "{office}’s own numbers from {day}", "Chiffres propres au bureau à partir du {day} : {office}", "Cifras propias de la oficina desde el {day}: {office}";
    proposed_by(who): "Proposed by {who}.", "Proposées par {who}.", "Propuestas por {who}.";
    confirmed: "Confirmed: it takes effect on its day.", "Confirmées : elles prennent effet à leur date.", "Confirmadas: entran en vigor en su fecha.";
    dropped: "Dropped: it never takes effect.", "Abandonnées : elles ne prendront jamais effet.", "Descartadas: nunca entrarán en vigor.";
    late: "Its day has come before anybody confirmed it. Drop it, and propose it for a later day.",
        "Sa date est arrivée avant toute confirmation. Abandonnez cette version et proposez-la pour plus tard.",
        "Su fecha llegó antes de que nadie la confirmara. Descártela y propóngala para más tarde.";
    differences: "What is new", "Ce qui change", "Lo que cambia";
    none: "Nothing: every number stays as it is.", "Rien : tous les chiffres restent les mêmes.", "Nada: todas las cifras siguen igual.";
    number: "Number", "Chiffre", "Cifra";
    now: "Now", "Maintenant", "Ahora";
    then: "Then", "Ensuite", "Después";
    who: "Who would change", "Qui changerait", "Quién cambiaría";
    of_pool(n, all, at): "Verdicts that would change: {n} of {all} in the pool, tried on {at}.",
        "Avis qui changeraient : {n} sur {all} dans le vivier, essai du {at}.",
        "Dictámenes que cambiarían: {n} de {all} en la bolsa, prueba del {at}.";
    people: "People", "Personnes", "Personas";
    reference: "Reference", "Référence", "Referencia";
    try_again: "Try it again", "Essayer à nouveau", "Probar de nuevo";
    confirm: "Confirm this version", "Confirmer cette version", "Confirmar esta versión";
    drop: "Drop it", "L’abandonner", "Descartarla";
    mine: "You proposed it: another administrator confirms it.", "Vous l’avez proposée : une autre personne de l’administration la confirme.", "Usted la propuso: otra persona de administración la confirma.";
    pages: "Pages", "Pages", "Páginas";
    first: "First page", "Première page", "Primera página";
    next: "Next page", "Page suivante", "Página siguiente";
});
