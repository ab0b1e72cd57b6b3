//! A candidate checks the whole profile, consents, and releases it: at first, or as a further version.

use super::asked::{Asked, asked};
use super::newest::{Newest, lock, newest};
use super::whole::{Standing, Whole};
use super::written::write;
use super::{SectionNames, cv};
use crate::consents::{self, Purpose};
use crate::domain::application::State;
use crate::domain::eligibility::Verdict;
use crate::domain::profile::Section;
use crate::domain::release::{Consent, Finished, ReleaseProblem};
use crate::explain::changes::{Changed, compare};
use crate::explain::eligibility::RuleLine;
use crate::explain::profile::{DocumentLine, Part, Reader};
use crate::text::texts;
use crate::web::{App, Candidate, Choice, Filled, Page, Posted, Problem, Result, html, see_other};
use crate::{explain, offices};
use axum::{Router, response::Response, routing::get};
use std::collections::HashMap;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/release", get(ask).post(release))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The seal of the profile that was shown …
    seen: String,
    /// … and of the newest application at that time, if there was one.
    case: String,
    acknowledged: bool,
    truth: bool,
    privacy: bool,
    /// Each optional purpose has its own box; an empty one takes nothing back.
    agree: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "profile/release.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    form: Filled<Form>,
    /// Another version of an open application.
    again: bool,
    /// The words of the consent that a release needs.
    notice: String,
    /// The optional consents not given yet: asked one by one, and never ticked for the candidate.
    optional: Vec<Choice>,
    asked: Option<Asked>,
    content: Content,
}

enum Content {
    /// Section, its address and why it is not done.
    Unfinished(Vec<(String, String, String)>),
    Whole(Box<Shown>),
}

/// Everything that is sent.
struct Shown {
    /// Human Resources has this very version.
    is_known: bool,
    must_acknowledge: bool,
    tone: &'static str,
    icon: &'static str,
    headline: String,
    rules: Vec<RuleLine>,
    windows: Vec<String>,
    parts: Vec<Part>,
    letter_title: String,
    letter: String,
    documents_title: String,
    documents: Vec<DocumentLine>,
    /// The version that Human Resources has, and what is said otherwise now.
    changes: Option<(i32, Vec<Changed>)>,
}

async fn ask(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    let newest = newest(&mut tx).await?;
    if is_placed(newest.as_ref()) {
        return see_other("/application");
    }
    let finished = Whole::load(&mut tx).await?.finish();
    let offices = offices::names(&mut tx, me.lang).await?;
    let given = consents::optional(&mut tx, me.id).await?;
    show(&me, &finished, newest.as_ref(), (&offices, &given), Filled::fresh(Form::default()))
}

async fn release(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    lock(&mut tx).await?;
    let newest = newest(&mut tx).await?;
    let fresh = cv::refresh(&mut tx, me.files()).await?;
    let whole = Whole::load(&mut tx).await?;
    let working_level = whole.policies.programme.eligibility.working_level;
    let finished = whole.finish();
    let is_known = matches!((&finished, &newest), (Ok(f), Some(n)) if n.has_heard(&f.profile));
    if is_known || is_placed(newest.as_ref()) {
        return see_other("/application"); // done already, by this very click or in another tab
    }
    let judged = form.judge(|form| match &finished {
        Ok(finished) if form.case == seal(newest.as_ref()) => {
            let consent =
                Consent { privacy: form.privacy, truth: form.truth, acknowledged: form.acknowledged };
            let released = finished.clone().release(&form.seen, consent);
            let agreed = form.agree.iter().filter_map(|code| Purpose::from_code(code)).collect::<Vec<_>>();
            released.map(|it| (it, agreed)).map_err(|p| p.into_iter().map(problem).collect())
        }
        Ok(_) => Err(vec![Problem::overtaken(|l| Text(l).case_moved())]),
        Err(_) => Err(vec![problem(ReleaseProblem::Changed)]),
    });
    match judged {
        Ok((released, agreed)) => {
            let agreed = [vec![Purpose::PrivacyNotice], agreed].concat();
            consents::give(&mut tx, me.id, &agreed).await?;
            let done = write(&mut tx, &released, newest.filter(Newest::is_open), working_level).await?;
            if let Some(mut file) = fresh {
                me.files().keep(&mut tx, &mut file).await?;
            }
            tx.commit(done).await?;
            see_other("/application")
        }
        Err(form) => {
            let offices = offices::names(&mut tx, me.lang).await?;
            let given = consents::optional(&mut tx, me.id).await?;
            show(&me, &finished, newest.as_ref(), (&offices, &given), form)
        }
    }
}

fn problem(why: ReleaseProblem) -> Problem {
    match why {
        ReleaseProblem::Changed => Problem::overtaken(|l| Text(l).profile_changed()),
        ReleaseProblem::NotAcknowledged => Problem::at("acknowledged", |l| Text(l).tick_acknowledged()),
        ReleaseProblem::TruthNotDeclared => Problem::at("truth", |l| Text(l).tick_truth()),
        ReleaseProblem::PrivacyNotAgreed => Problem::at("privacy", |l| Text(l).tick_privacy()),
    }
}

fn is_placed(newest: Option<&Newest>) -> bool {
    newest.is_some_and(|newest| newest.is_open() && newest.case.name() == State::Placed)
}

fn seal(newest: Option<&Newest>) -> String {
    newest.map(Newest::seal).unwrap_or_default()
}

fn show(
    me: &Candidate,
    finished: &Result<Finished, Vec<Standing>>,
    newest: Option<&Newest>,
    (offices, given): (&HashMap<String, String>, &[Purpose]),
    mut form: Filled<Form>,
) -> Result<Response> {
    form.values.case = seal(newest);
    let content = match finished {
        Ok(finished) => {
            form.values.seen = finished.seal();
            Content::Whole(Box::new(shown(me, finished, newest, offices)))
        }
        Err(standings) => Content::Unfinished(standings.iter().map(|s| unfinished(me, s)).collect()),
    };
    let again = newest.is_some_and(Newest::is_open);
    let choice = |purpose: Purpose| {
        let (code, words) = (purpose.code(), explain::consent::words(purpose, me.lang));
        let is_ticked = form.values.agree.iter().any(|agreed| agreed == code);
        Choice { hint: Some(words.what), ..Choice::new(code, words.agree, is_ticked) }
    };
    let optional =
        Purpose::OPTIONAL.into_iter().filter(|purpose| !given.contains(purpose)).map(choice).collect();
    let profile = finished.as_ref().ok().map(|finished| &finished.profile);
    let asked = asked(newest, profile, me.lang);
    let notice = explain::consent::words(Purpose::PrivacyNotice, me.lang).agree;
    let names = SectionNames(me.lang);
    let view = View { page: me.page(Text), names, again, notice, optional, asked, content, form };
    html(view.form.status(), &view)
}

fn shown(
    me: &Candidate,
    finished: &Finished,
    newest: Option<&Newest>,
    offices: &HashMap<String, String>,
) -> Shown {
    let (profile, assessment) = (&finished.profile, &finished.assessment);
    let (tone, icon) = explain::eligibility::verdict_look(assessment.verdict);
    let windows = match assessment.eligible_start.is_empty() {
        true => &assessment.possible_start,
        false => &assessment.eligible_start,
    };
    let changes = newest.filter(|newest| newest.is_open()).and_then(|newest| {
        let changes = compare(newest.released()?, profile, offices, Reader::Candidate, me.lang);
        Some((newest.latest, changes))
    });
    Shown {
        changes,
        is_known: newest.is_some_and(|newest| newest.has_heard(profile)),
        must_acknowledge: assessment.verdict != Verdict::Eligible,
        tone,
        icon,
        headline: explain::eligibility::headline_of(assessment, offices, me.lang),
        rules: explain::eligibility::lines(assessment, me.lang),
        windows: explain::eligibility::windows(windows, me.lang),
        parts: explain::profile::parts(profile, offices, Reader::Candidate, me.lang),
        letter_title: explain::profile::section_name(Section::Letter, me.lang),
        letter: profile.letter.clone(),
        documents_title: explain::profile::section_name(Section::Documents, me.lang),
        documents: explain::profile::document_lines(
            profile,
            "/profile/documents",
            Reader::Candidate,
            &HashMap::new(),
            me.lang,
        ),
    }
}

fn unfinished(me: &Candidate, standing: &Standing) -> (String, String, String) {
    let name = explain::profile::section_name(standing.section, me.lang);
    let why = standing.problems.first().map(|problem| problem.say(me.lang)).unwrap_or_default();
    (name, format!("/profile/{}", standing.section.code()), why)
}

texts!(Text {
    title: "Check your profile, then release it", "Vérifiez votre dossier, puis transmettez-le", "Revise su perfil y envíelo";
    title_again: "Check your profile, then release it again", "Vérifiez votre dossier, puis transmettez-le à nouveau",
        "Revise su perfil y envíelo de nuevo";
    lead: "This is exactly what Human Resources will see. Supervisors see it without your date of birth, nationality and proofs.",
        "C’est exactement ce que verront les Ressources humaines. Les responsables le voient sans votre date de naissance, votre nationalité ni vos justificatifs.",
        "Esto es exactamente lo que verá Recursos Humanos. Las personas supervisoras lo ven sin su fecha de nacimiento, su nacionalidad ni sus justificantes.";
    unfinished: "Some sections are not done yet", "Des sections ne sont pas encore terminées", "Aún hay secciones sin terminar";
    unfinished_lead: "You can release your profile as soon as they are done. What you have saved is kept.",
        "Vous pourrez transmettre votre dossier dès qu’elles seront terminées. Ce que vous avez enregistré est conservé.",
        "Podrá enviar su perfil en cuanto estén listas. Lo que ha guardado se conserva.";
    known: "You have changed nothing since you released it. Human Resources has this version.",
        "Vous n’avez rien modifié depuis que vous l’avez transmis. Les Ressources humaines ont cette version.",
        "No ha cambiado nada desde que lo envió. Recursos Humanos tiene esta versión.";
    see_cv: "See your CV", "Voir votre CV", "Ver su currículum";
    where_it_stands: "See where it stands", "Voir où j’en suis", "Ver el estado";
    changes(n): "What has changed since version {n}", "Ce qui a changé depuis la version {n}", "Lo que ha cambiado desde la versión {n}";
    no_changes: "Nothing has changed. You can still release it again as your answer.",
        "Rien n’a changé. Vous pouvez quand même le transmettre à nouveau en guise de réponse.",
        "No ha cambiado nada. Aun así puede enviarlo de nuevo como respuesta.";
    eligibility: "What the rules say", "Ce que disent les règles", "Lo que dicen las normas";
    you_can_start: "If you release it today, you can start:", "Si vous le transmettez aujourd’hui, vous pouvez commencer :", "Si lo envía hoy, puede empezar:";
    before: "Before you release", "Avant de transmettre", "Antes de enviar";
    before_people: "Human Resources reads your profile, and later the supervisors of offices that may need you. Nobody else does.",
        "Les Ressources humaines lisent votre dossier, puis les responsables des bureaux qui pourraient avoir besoin de vous. Personne d’autre.",
        "Recursos Humanos lee su perfil y, después, quienes supervisan en las oficinas que puedan necesitarle. Nadie más.";
    before_changes: "You can change it afterwards and release a new version; it keeps its place in the list. You can take it back until you accept an offer.",
        "Vous pourrez ensuite le modifier et transmettre une nouvelle version ; il garde sa place dans la liste. Vous pouvez le reprendre jusqu’à l’acceptation d’une offre.",
        "Después podrá cambiarlo y enviar una nueva versión; conserva su lugar en la lista. Puede retirarlo hasta que acepte una oferta.";
    before_no_hurry: "There is no closing date, so there is no advantage in releasing early.",
        "Il n’y a pas de date limite : transmettre tôt ne donne aucun avantage.",
        "No hay fecha límite, así que no hay ventaja en enviarlo pronto.";
    read_privacy(version): "Read how your data is used: privacy notice, version {version}", "Lire comment vos données sont utilisées : notice de confidentialité, version {version}",
        "Leer cómo se utilizan sus datos: aviso de privacidad, versión {version}";
    acknowledged: "I have read that not every rule is met yet, and release my profile all the same",
        "J’ai lu que toutes les règles ne sont pas encore remplies et je transmets quand même mon dossier",
        "He leído que aún no se cumplen todas las normas y envío mi perfil de todos modos";
    acknowledged_hint: "A person decides, not this page.", "C’est une personne qui décide, pas cette page.", "Decide una persona, no esta página.";
    truth: "Everything here is true, and the documents are mine", "Tout ce qui figure ici est vrai et les documents sont les miens",
        "Todo lo que figura aquí es cierto y los documentos son míos";
    optional: "Only if you like", "Seulement si vous le souhaitez", "Solo si lo desea";
    optional_hint: "Your release is read in the same way without these. You can take each back under Account.",
        "Votre dossier est lu de la même façon sans ces accords. Vous pouvez retirer chacun d’eux sous Compte.",
        "Su perfil se lee igual sin estos consentimientos. Puede retirar cada uno en Cuenta.";
    tick_acknowledged: "Tick the box to say that you release your profile although not every rule is met",
        "Cochez la case pour confirmer que vous transmettez votre dossier bien que toutes les règles ne soient pas remplies",
        "Marque la casilla para confirmar que envía su perfil aunque no se cumplan todas las normas";
    tick_truth: "Tick the box to say that everything is true and the documents are yours", "Cochez la case pour confirmer que tout est vrai et que les documents sont les vôtres",
        "Marque la casilla para confirmar que todo es cierto y que los documentos son suyos";
    tick_privacy: "Tick the box to say that you have read the privacy notice and agree", "Cochez la case pour confirmer que vous avez lu la notice de confidentialité et que vous l’acceptez",
        "Marque la casilla para confirmar que ha leído el aviso de privacidad y que lo acepta";
    release: "Release my profile", "Transmettre mon dossier", "Enviar mi perfil";
    release_again: "Release the new version", "Transmettre la nouvelle version", "Enviar la nueva versión";
    not_yet: "Not yet", "Pas encore", "Todavía no";
    profile_changed: "Your profile or what the rules say of it has changed since you opened this page. Read it again, then release it.",
        "Votre dossier, ou ce qu’en disent les règles, a changé depuis que vous avez ouvert cette page. Relisez-le, puis transmettez-le.",
        "Su perfil, o lo que dicen de él las normas, ha cambiado desde que abrió esta página. Léalo de nuevo y después envíelo.";
    case_moved: "Something happened to your application since you opened this page. Read where it stands, then decide again.",
        "Votre candidature a évolué depuis que vous avez ouvert cette page. Lisez où elle en est, puis décidez à nouveau.",
        "Su candidatura ha cambiado desde que abrió esta página. Lea su estado y decida de nuevo.";
});
