//! A candidate stays in the pool for six more months: what the rules say today comes first.

use super::{Mine, mine, show as status};
use crate::db::Tx;
use crate::domain::application::RenewProblem;
use crate::domain::eligibility::{Assessment, Question, Verdict};
use crate::domain::profile::Profile;
use crate::explain::eligibility::RuleLine;
use crate::text::{Lang, texts};
use crate::web::{App, Candidate, Error, Filled, Page, Posted, Problem, Result, html, see_other};
use crate::{explain, offices, policies};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use std::collections::HashMap;

pub fn routes() -> Router<App> {
    Router::new().route("/application/renew", get(ask).post(renew))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    seen: i32,
    /// What the rules said on the page.
    verdict: String,
}

#[derive(askama::Template)]
#[template(path = "application/renew.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    /// The new last day; `None`: a rule is not met whatever the dates, so that there is none.
    until: Option<NaiveDate>,
    /// The first day that was proposed has passed.
    dates_passed: bool,
    tone: &'static str,
    icon: &'static str,
    headline: String,
    rules: Vec<RuleLine>,
}

/// What was released last, judged by the rules of today.
struct Judged {
    assessment: Assessment,
    dates_passed: bool,
    /// Names by id.
    offices: HashMap<String, String>,
}

async fn ask(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine = mine(&mut tx).await?.ok_or(Error::NotFound)?;
    let today = tx.today();
    if mine.case.renew(today, Verdict::Eligible).is_err() {
        return see_other("/application"); // it is not the time: the page there says until when
    }
    let judged = judge(&mut tx, &mine, me.lang).await?;
    show(&me, &mine, &judged, today, Filled::fresh(Form::default()))
}

async fn renew(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mine_now = mine(&mut tx).await?.ok_or(Error::NotFound)?;
    let today = tx.today();
    let judged = judge(&mut tx, &mine_now, me.lang).await?;
    let verdict = judged.assessment.verdict;
    let decided = form.judge(|f| match f.seen == mine_now.version && f.verdict == verdict.code() {
        true => Ok(()),
        false => Err(vec![Problem::overtaken(|l| Text(l).overtaken())]),
    });
    let step = match (mine_now.case.renew(today, verdict), decided) {
        // renewed already, or no longer possible: the page there says so
        (Err(RenewProblem::MovedOn | RenewProblem::NotNow), _) => return see_other("/application"),
        (Ok(step), Ok(())) => step,
        (Err(RenewProblem::NotEligible), Ok(())) => {
            let form = Filled::with(Form::default(), vec![Problem::at("rules", |l| Text(l).not_eligible())]);
            return show(&me, &mine_now, &judged, today, form);
        }
        (_, Err(form)) => return show(&me, &mine_now, &judged, today, form),
    };
    match tx.take(&step).await {
        Ok(done) => {
            if done.is_fresh() {
                keep_verdict(&mut tx, &mine_now, &judged.assessment).await?;
            }
            tx.commit(done).await?;
        }
        Err(crate::db::Error::Conflict) => {
            drop(tx);
            return status::page(&me, StatusCode::CONFLICT, Some(Text(me.lang).overtaken())).await;
        }
        Err(error) => return Err(error.into()),
    }
    see_other("/application")
}

fn show(
    me: &Candidate,
    mine: &Mine,
    judged: &Judged,
    today: NaiveDate,
    mut form: Filled<Form>,
) -> Result<Response> {
    let assessment = &judged.assessment;
    let (tone, icon) = explain::eligibility::verdict_look(assessment.verdict);
    form.values = Form { seen: mine.version, verdict: assessment.verdict.code().to_owned() };
    let step = mine.case.renew(today, assessment.verdict).ok();
    let view = View {
        page: me.page(Text),
        until: step.and_then(|step| step.effects.pooled_until),
        dates_passed: judged.dates_passed,
        tone,
        icon,
        headline: explain::eligibility::headline_of(assessment, &judged.offices, me.lang),
        rules: explain::eligibility::lines(assessment, me.lang),
        form,
    };
    html(view.form.status(), &view)
}

async fn judge(tx: &mut Tx<Candidate>, mine: &Mine, lang: Lang) -> Result<Judged> {
    let today = tx.today();
    let profile = sqlx::query_scalar!(
        "select profile from snapshot where application_id = $1 and number = $2",
        mine.id(),
        mine.latest
    );
    let profile: Profile = serde_json::from_value(profile.fetch_one(&mut **tx).await?)?;
    let policies = policies::all(&mut *tx, today).await?;
    let dates_passed = profile.dates.start < today;
    // without dates the question is about today, and the windows say which days are possible
    let dates = (!dates_passed).then_some(profile.dates);
    let question = Question {
        as_of: today,
        start: dates.map(|dates| dates.start),
        end: dates.map(|dates| dates.end),
        facts: profile.eligibility_facts(),
    };
    let assessment = policies.answer(&profile.wishes.offices, &question);
    let offices = offices::names(&mut *tx, lang).await?;
    Ok(Judged { assessment, dates_passed, offices })
}

/// Human Resources filters by what the rules say now, not by what they said at the release.
async fn keep_verdict(tx: &mut Tx<Candidate>, mine: &Mine, assessment: &Assessment) -> Result<()> {
    let tracks: Vec<String> = assessment.tracks().iter().map(|track| track.code().to_owned()).collect();
    sqlx::query!(
        "update application set verdict = $2, tracks = $3 where id = $1",
        mine.id(),
        assessment.verdict.code(),
        &tracks
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

texts!(Text {
    title: "Stay in the pool for six more months", "Rester six mois de plus dans le vivier", "Permanecer seis meses más en la bolsa";
    back: "Where it stands", "Où j’en suis", "Estado";
    lead(until): "Human Resources goes on looking for an office that needs you, until {until}. What you released stays as it is.",
        "Les Ressources humaines continuent de chercher un bureau qui a besoin de vous, jusqu’au {until}. Ce que vous avez transmis reste tel quel.",
        "Recursos Humanos seguirá buscando una oficina que le necesite, hasta el {until}. Lo que envió queda como está.";
    rules: "What the rules say today", "Ce que disent les règles aujourd’hui", "Lo que dicen hoy las normas";
    dates_passed: "The first day you proposed has passed. You can stay in the pool all the same; to be found for other dates, change them and release a new version.",
        "Le premier jour que vous proposiez est passé. Vous pouvez quand même rester dans le vivier ; pour être proposé à d’autres dates, modifiez-les et transmettez une nouvelle version.",
        "El primer día que propuso ya ha pasado. Puede permanecer igualmente en la bolsa; para que le encuentren en otras fechas, cámbielas y envíe una nueva versión.";
    change_dates: "Change your dates", "Modifier vos dates", "Cambiar sus fechas";
    not_eligible: "A rule is not met any more, so your time in the pool cannot be renewed. If something has changed, change your profile and release it again.",
        "Une règle n’est plus remplie : votre temps dans le vivier ne peut pas être prolongé. Si votre situation a changé, modifiez votre dossier et transmettez-le à nouveau.",
        "Ya no se cumple una norma, por lo que su tiempo en la bolsa no puede renovarse. Si algo ha cambiado, cambie su perfil y envíelo de nuevo.";
    renew: "Stay for six more months", "Rester six mois de plus", "Permanecer seis meses más";
    keep: "Not now", "Pas maintenant", "Ahora no";
    overtaken: "Something has changed since you opened this page. Read it again, then decide.",
        "Quelque chose a changé depuis que vous avez ouvert cette page. Relisez-la, puis décidez.",
        "Algo ha cambiado desde que abrió esta página. Léala de nuevo y decida.";
});
