//! My profile as a list of tasks, and what the rules say of it so far.

use super::asked::{Asked, asked};
use super::newest::newest;
use super::whole::{Standing, Whole};
use super::{Progress, SectionNames};
use crate::domain::application::State;
use crate::explain::eligibility::RuleLine;
use crate::text::texts;
use crate::web::{App, Candidate, Page, Result, html};
use crate::{explain, offices};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/profile", get(show))
}

#[derive(askama::Template)]
#[template(path = "profile/show.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    done: usize,
    tasks: Vec<Task>,
    /// What stands between the profile and its release: section and reason.
    left: Vec<(String, String)>,
    case: Case,
    /// What Human Resources waits for.
    asked: Option<Asked>,
    verdict: Verdict,
}

/// One section in the list.
struct Task {
    address: String,
    name: String,
    tone: &'static str,
    icon: &'static str,
    word: String,
    sub: String,
    is_done: bool,
    is_wrong: bool,
}

/// What Human Resources has of it.
enum Case {
    Nothing,
    /// The newest version, by reference; `changed`: the profile says something else by now.
    Open {
        reference: String,
        changed: bool,
    },
    Placed,
}

struct Verdict {
    tone: &'static str,
    icon: &'static str,
    headline: String,
    rules: Vec<RuleLine>,
    windows: Vec<String>,
    possible: Vec<String>,
    /// The first day of release that would help, if today does not.
    release_from: Option<String>,
}

impl View {
    fn lead(&self) -> String {
        let t = &self.page.t;
        match self.case {
            _ if !self.left.is_empty() && self.done == 1 => t.lead_one(self.tasks.len()),
            _ if !self.left.is_empty() => t.lead(self.done, self.tasks.len()),
            Case::Nothing | Case::Open { changed: true, .. } => t.all_done(),
            Case::Open { .. } => t.all_released(),
            Case::Placed => String::new(),
        }
    }
}

async fn show(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    let whole = Whole::load(&mut tx).await?;
    let newest = newest(&mut tx).await?.filter(|newest| newest.is_open());
    let today = tx.today();
    let t = Text(me.lang);

    let offices = offices::names(&mut tx, me.lang).await?;
    let assessment = whole.assess();
    let (tone, icon) = explain::eligibility::verdict_look(assessment.verdict);
    let windows = explain::eligibility::windows(&assessment.eligible_start, me.lang);
    let possible = explain::eligibility::windows(&assessment.possible_start, me.lang);
    let verdict = Verdict {
        tone,
        icon,
        headline: explain::eligibility::headline_of(&assessment, &offices, me.lang),
        rules: explain::eligibility::lines(&assessment, me.lang),
        possible: if windows.is_empty() { possible } else { Vec::new() },
        windows,
        release_from: assessment.release_from.filter(|day| *day > today).map(|day| me.lang.date(day)),
    };

    let page = me.page(Text);
    let done = whole.done();
    let mut tasks: Vec<Task> = whole.sections.iter().map(|standing| task(standing, &page)).collect();
    let why = |standing: &Standing| match standing.problems.first() {
        Some(problem) if standing.progress != Progress::NotStarted => problem.say(me.lang),
        _ => t.not_started(),
    };
    let left_of = |standings: &[Standing]| {
        let line = |standing: &Standing| {
            let name = explain::profile::section_name(standing.section, me.lang);
            (format!("/profile/{}", standing.section.code()), t.left_line(name, why(standing)))
        };
        standings.iter().map(line).collect()
    };
    let (left, profile): (Vec<(String, String)>, _) = match whole.finish() {
        Ok(finished) => (Vec::new(), Some(finished.profile)),
        Err(standings) => (left_of(&standings), None),
    };
    let asked = asked(newest.as_ref(), profile.as_ref(), me.lang);
    let open = asked.iter().flat_map(|asked| &asked.lines).filter(|line| !line.is_changed);
    for line in open {
        tasks.iter_mut().filter(|task| task.address == line.address).for_each(|task| task.is_asked(&t));
    }
    let case = match newest {
        None => Case::Nothing,
        Some(newest) if newest.case.name() == State::Placed => Case::Placed,
        Some(newest) => Case::Open {
            changed: profile.is_none_or(|profile| !newest.holds(&profile)),
            reference: newest.reference,
        },
    };
    let view = View { page, names: SectionNames(me.lang), done, tasks, left, case, asked, verdict };
    html(StatusCode::OK, &view)
}

fn task(standing: &Standing, page: &Page<Text>) -> Task {
    let t = &page.t;
    let first = || standing.problems.first().map(|problem| problem.say(page.lang)).unwrap_or_default();
    let saved = || standing.saved_at.map(|at| t.saved(page.date(&page.day_of(&at)))).unwrap_or_default();
    let (tone, icon, word, sub) = match standing.progress {
        Progress::NotStarted => ("off", "todo", t.not_started(), String::new()),
        Progress::InProgress => ("you", "half", t.in_progress(), first()),
        Progress::NeedsChange => ("bad", "bad", t.needs_change(), first()),
        Progress::Done => ("ok", "ok", t.done(), saved()),
    };
    Task {
        address: format!("/profile/{}", standing.section.code()),
        name: explain::profile::section_name(standing.section, page.lang),
        tone,
        icon,
        word,
        sub,
        is_done: standing.progress == Progress::Done,
        is_wrong: standing.progress == Progress::NeedsChange,
    }
}

impl Task {
    /// Human Resources waits for a change to a section that is done as far as it goes.
    fn is_asked(&mut self, t: &Text) {
        if self.is_done {
            (self.tone, self.icon, self.word, self.is_done) = ("you", "chat", t.asked(), false);
        }
    }
}

texts!(pub Text {
    import: "Fill in from a CV file (Europass or JSON Resume)", "Remplir à partir d’un fichier de CV (Europass ou JSON Resume)", "Rellenar a partir de un archivo de currículum (Europass o JSON Resume)";
    cv: "See your profile as a CV", "Voir votre dossier sous forme de CV", "Ver su perfil como currículum";
    lead(done, total): "{done} of {total} sections are done. Fill them in in any order; what you save is kept.",
        "{done} sections sur {total} sont terminées. Remplissez-les dans l’ordre que vous voulez ; tout ce que vous enregistrez est conservé.",
        "{done} de {total} secciones están listas. Rellénelas en el orden que prefiera; todo lo que guarde se conserva.";
    lead_one(total): "One of {total} sections is done. Fill them in in any order; what you save is kept.",
        "Une section sur {total} est terminée. Remplissez-les dans l’ordre que vous voulez ; tout ce que vous enregistrez est conservé.",
        "Una de {total} secciones está lista. Rellénelas en el orden que prefiera; todo lo que guarde se conserva.";
    all_done: "All sections are done. Read your profile once more, then release it when you are ready.",
        "Toutes les sections sont terminées. Relisez votre dossier, puis transmettez-le quand vous le souhaitez.",
        "Todas las secciones están listas. Revise su perfil y envíelo cuando quiera.";
    all_released: "All sections are done and released. You can still change them and release a new version.",
        "Toutes les sections sont terminées et transmises. Vous pouvez encore les modifier et transmettre une nouvelle version.",
        "Todas las secciones están listas y enviadas. Aún puede cambiarlas y enviar una nueva versión.";
    sections: "Sections", "Sections", "Secciones";
    done: "Done", "Terminée", "Lista";
    in_progress: "In progress", "En cours", "En curso";
    not_started: "Not started", "À commencer", "Sin empezar";
    needs_change: "Needs a change", "À modifier", "Por cambiar";
    asked: "To change", "À modifier", "Por cambiar";
    saved(day): "Saved on {day}", "Enregistrée le {day}", "Guardada el {day}";
    release: "Release your profile", "Transmettre votre dossier", "Enviar su perfil";
    nobody_sees: "Nobody can see your profile until you release it.", "Personne ne voit votre dossier tant que vous ne l’avez pas transmis.",
        "Nadie puede ver su perfil hasta que lo envíe.";
    one_left: "You cannot release it yet. One section is left:", "Vous ne pouvez pas encore le transmettre. Il reste une section :",
        "Aún no puede enviarlo. Queda una sección:";
    some_left(n): "You cannot release it yet. {n} sections are left:", "Vous ne pouvez pas encore le transmettre. Il reste {n} sections :",
        "Aún no puede enviarlo. Quedan {n} secciones:";
    left_line(name, why): "{name}: {why}", "{name} : {why}", "{name}: {why}";
    check_and_release: "Check and release", "Vérifier et transmettre", "Revisar y enviar";
    released: "Your profile is released", "Votre dossier est transmis", "Su perfil está enviado";
    released_as(reference): "Human Resources has it as {reference}.", "Les Ressources humaines l’ont sous la référence {reference}.",
        "Recursos Humanos lo tiene con la referencia {reference}.";
    where_it_stands: "See where it stands", "Voir où j’en suis", "Ver el estado";
    changed: "You have changed it since. Human Resources still reads the version you released before.",
        "Vous l’avez modifié depuis. Les Ressources humaines lisent encore la version transmise auparavant.",
        "Lo ha cambiado desde entonces. Recursos Humanos sigue leyendo la versión que envió antes.";
    release_again: "Check and release again", "Vérifier et transmettre à nouveau", "Revisar y enviar de nuevo";
    placed: "You have a placement. Changes you make here are for a later application.",
        "Vous avez une affectation. Ce que vous modifiez ici servira à une candidature ultérieure.",
        "Tiene una plaza. Lo que cambie aquí servirá para una candidatura posterior.";
    are_you_eligible: "Are you eligible?", "Remplissez-vous les conditions ?", "¿Cumple los requisitos?";
    just_now: "Checked just now", "Vérifié à l’instant", "Comprobado ahora mismo";
    when_to_start: "If you release it today, you can start:", "Si vous le transmettez aujourd’hui, vous pouvez commencer :",
        "Si lo envía hoy, puede empezar:";
    may_start: "If you release it today, it may be possible to start:", "Si vous le transmettez aujourd’hui, un début est peut-être possible :",
        "Si lo envía hoy, quizá sea posible empezar:";
    release_from(day): "Release it on {day} or later: a start is not possible before.",
        "Transmettez-le le {day} ou plus tard : avant, aucun début n’est possible.",
        "Envíelo el {day} o más tarde: antes no es posible empezar.";
});
