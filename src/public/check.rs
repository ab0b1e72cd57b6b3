//! Anybody asks whether they are eligible: four questions, an answer with its reasons, and nothing is kept.

use crate::carried::{self, TypedDay};
use crate::domain::eligibility::{
    Assessment, DegreeLevel, Facts, LanguageSkills, Outcome, Question, Sponsor, SponsorKind, Study,
    StudyState, Verdict,
};
use crate::domain::terms;
use crate::explain::eligibility::{self as explain, RuleLine};
use crate::policies;
use crate::text::{Lang, texts};
use crate::web::{Anyone, App, Choice, Error, Filled, Page, Posted, Problem, Result, TypedDate, html};
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, Months, NaiveDate};

pub fn routes() -> Router<App> {
    Router::new().route("/check", get(ask).post(answer))
}

/// The answers as typed.
#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
pub struct Form {
    pub born_day: String,
    pub born_month: String,
    pub born_year: String,
    /// How somebody qualifies; see [`WAYS`].
    pub way: String,
    /// When the degree ends or was awarded.
    pub degree_day: String,
    pub degree_month: String,
    pub degree_year: String,
    /// ISO 639-1, several.
    pub language: Vec<String>,
    pub months: String,
}

/// The four ways of the programme, and none of them.
const WAYS: [&str; 5] = ["final_year", "graduate_student", "recent_graduate", "sponsored", "none"];
const LANGUAGES: [&str; 3] = ["en", "fr", "es"];

#[derive(askama::Template)]
#[template(path = "public/check.html")]
struct View {
    page: Page<Text>,
    q: Text,
    form: Filled<Form>,
}

#[derive(askama::Template)]
#[template(path = "public/answer.html")]
struct Answer {
    page: Page<Text>,
    title: String,
    rules: Vec<RuleLine>,
    /// The days on which the answer is yes, in words.
    windows: Vec<String>,
    /// Further days on which no rule says no.
    possible: Vec<String>,
    is_eligible: bool,
    /// The answers, for whoever registers with them; `None` for somebody who has an account.
    carried: Option<String>,
}

async fn ask(anyone: Anyone) -> Result<Response> {
    show(&anyone, Filled::fresh(Form::default()))
}

/// Checks from one address in an hour: a whole school behind one line finds room.
const CHECKS_AN_HOUR: i32 = 1000;

async fn answer(anyone: Anyone, form: Posted<Form>) -> Result<Response> {
    if !anyone.may_try(&format!("check from {}", anyone.address), CHECKS_AN_HOUR, 3600).await? {
        return Err(Error::TooMany);
    }
    let mut tx = anyone.begin().await?;
    let today = tx.today();
    let policy = policies::in_force(&mut tx, today).await?;
    let (asked, carried) = match form.judge(|f| Ok((f.read(today)?, f.carried()))) {
        Ok(both) => both,
        Err(form) => return show(&anyone, form),
    };
    let question = Question { as_of: today, start: None, end: None, facts: asked.facts };
    let assessment = policy.eligibility.assess(&question);
    let carried = anyone.person.is_none().then(|| carried.packed());
    let told = Answer { carried, ..told(&anyone, &assessment, asked.months, &policy.terms) };
    html(axum::http::StatusCode::OK, &told)
}

fn told(anyone: &Anyone, assessment: &Assessment, months: u32, terms: &terms::Policy) -> Answer {
    let lang = anyone.lang;
    let length = length_line(months, terms, lang);
    let length_is_met = length.tone == "ok";
    let mut rules = explain::lines(assessment, lang);
    // the pages of a profile do not exist yet for somebody who only asks
    for rule in &mut rules {
        rule.advice = None;
    }
    if length_is_met {
        rules.push(length);
    } else {
        rules.insert(0, length);
    }
    let windows = explain::windows(&assessment.eligible_start, lang);
    let possible = if windows.is_empty() && assessment.verdict != Verdict::NotEligible {
        explain::windows(&assessment.possible_start, lang)
    } else {
        Vec::new()
    };
    let is_eligible = assessment.verdict == Verdict::Eligible && length_is_met;
    let title = match (assessment.verdict, length_is_met) {
        (Verdict::Eligible, false) => Text(lang).other_length(),
        (verdict, _) => explain::headline(verdict, lang),
    };
    Answer { page: anyone.page(Text), title, rules, windows, possible, is_eligible, carried: None }
}

/// The fourth rule: how long, by the terms of the policy in force.
fn length_line(months: u32, terms: &terms::Policy, lang: Lang) -> RuleLine {
    let t = Text(lang);
    let (least, first, most) = (terms.shortest_months, terms.initial_months, terms.total_months);
    let (outcome, message) = if months < least {
        (Outcome::NotMet, t.too_short(least))
    } else if months > most {
        (Outcome::NotMet, t.too_long(most))
    } else if months > first {
        (Outcome::Met, t.by_extension(first))
    } else if months >= terms.preferred_months {
        (Outcome::Met, t.preferred(months))
    } else {
        (Outcome::Met, t.long_enough(months, terms.preferred_months))
    };
    let (tone, icon) = explain::outcome_look(outcome);
    RuleLine {
        tone,
        icon,
        title: t.length_title(least, most),
        word: explain::outcome_name(outcome, lang),
        message,
        advice: None,
        policy: t.length_policy(least, first, most),
    }
}

fn show(anyone: &Anyone, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: anyone.page(Text), q: Text(anyone.lang), form })
}

/// What was asked, in the domain's terms.
struct Asked {
    facts: Facts,
    months: u32,
}

impl Form {
    /// The ways to qualify, for a group of radio buttons.
    pub fn ways(&self, lang: &Lang) -> Vec<Choice> {
        ways(&self.way, *lang)
    }

    /// The programme's languages, for a group of boxes.
    pub fn languages(&self, lang: &Lang) -> Vec<Choice> {
        languages(&self.language, *lang)
    }

    /// What a profile can begin with.
    fn carried(&self) -> carried::Answers {
        let typed = |day: &str, month: &str, year: &str| TypedDay {
            day: day.to_owned(),
            month: month.to_owned(),
            year: year.to_owned(),
        };
        let known = LANGUAGES.into_iter().filter(|code| self.language.iter().any(|said| said == code));
        carried::Answers {
            born: typed(&self.born_day, &self.born_month, &self.born_year),
            way: self.way.clone(),
            degree: typed(&self.degree_day, &self.degree_month, &self.degree_year),
            languages: known.map(str::to_owned).collect(),
            months: self.months.clone(),
        }
    }

    fn read(&self, today: NaiveDate) -> Result<Asked, Vec<Problem>> {
        let mut problems = Vec::new();
        let born = TypedDate { day: &self.born_day, month: &self.born_month, year: &self.born_year };
        let born = match born.read("born", |l| Text(l).born()) {
            Ok(Some(day)) if day < today && today.year() - day.year() <= 120 => Some(day),
            Ok(Some(_)) => {
                problems.push(Problem::at("born", |l| Text(l).born_impossible()));
                None
            }
            Ok(None) => {
                problems.push(Problem::missing("born", |l| Text(l).enter_born()));
                None
            }
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        if !WAYS.contains(&self.way.as_str()) {
            problems.push(Problem::missing("way", |l| Text(l).choose_way()));
        }
        let degree = TypedDate { day: &self.degree_day, month: &self.degree_month, year: &self.degree_year };
        let degree = degree.read("degree", |l| Text(l).degree()).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let months = self.months.parse::<u32>().ok().filter(|months| (1..=99).contains(months));
        if months.is_none() {
            problems.push(Problem::missing("months", |l| Text(l).enter_months()));
        }
        match (born, months, problems.is_empty()) {
            (Some(born), Some(months), true) => Ok(Asked { facts: self.facts(born, degree, today), months }),
            _ => Err(problems),
        }
    }

    /// What the answers mean. Whoever says to be in a final or graduate year is taken at their word for today.
    fn facts(&self, born: NaiveDate, degree: Option<NaiveDate>, today: NaiveDate) -> Facts {
        let study = |level, state| Study {
            level,
            state,
            started_on: None,
            final_year_starts_on: None,
            ends_on: None,
            awarded_on: None,
        };
        let (studies, sponsor) = match self.way.as_str() {
            "final_year" => {
                let bachelor = study(DegreeLevel::Bachelor, StudyState::Enrolled);
                (vec![Study { final_year_starts_on: Some(today), ends_on: degree, ..bachelor }], None)
            }
            "graduate_student" => {
                let master = study(DegreeLevel::Master, StudyState::Enrolled);
                // a graduate degree is a second one: the first lies far enough back to decide nothing itself
                let long_ago = today.checked_sub_months(Months::new(60)).unwrap_or(today);
                let first =
                    Study { awarded_on: Some(long_ago), ..study(DegreeLevel::Bachelor, StudyState::Awarded) };
                (vec![first, Study { started_on: Some(today), ends_on: degree, ..master }], None)
            }
            "recent_graduate" => {
                let bachelor = study(DegreeLevel::Bachelor, StudyState::Awarded);
                (vec![Study { awarded_on: degree, ..bachelor }], None)
            }
            "sponsored" => {
                let kind = SponsorKind::Governmental;
                (vec![], Some(Sponsor { kind, letter: false, relevant_area: Some(true), covers: None }))
            }
            _ => (vec![], None),
        };
        let languages = LANGUAGES.iter().filter(|code| self.language.iter().any(|said| said == *code));
        let languages = languages.map(|code| LanguageSkills {
            code: (*code).to_owned(),
            mother_tongue: true,
            listening: None,
            reading: None,
            speaking: None,
            writing: None,
        });
        Facts {
            date_of_birth: Some(born),
            studies: Some(studies),
            sponsor,
            languages: Some(languages.collect()),
        }
    }
}

fn ways(chosen: &str, lang: Lang) -> Vec<Choice> {
    let t = Text(lang);
    let said = |code: &str| match code {
        "final_year" => (t.final_year(), t.final_year_hint()),
        "graduate_student" => (t.graduate_student(), t.graduate_student_hint()),
        "recent_graduate" => (t.recent_graduate(), String::new()),
        "sponsored" => (t.sponsored(), t.sponsored_hint()),
        _ => (t.none_of_these(), String::new()),
    };
    let choice = |code: &str| match said(code) {
        (label, hint) if hint.is_empty() => Choice::new(code, label, code == chosen),
        (label, hint) => Choice::new(code, label, code == chosen).hint(hint),
    };
    WAYS.map(choice).to_vec()
}

fn languages(chosen: &[String], lang: Lang) -> Vec<Choice> {
    let name = |code: &str| crate::reference::languages::language(code).map_or("", |l| l.name(lang));
    let upper = |name: &str| {
        let mut letters = name.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    LANGUAGES.map(|code| Choice::new(code, upper(name(code)), chosen.iter().any(|c| c == code))).to_vec()
}

texts!(pub Text {
    title: "Are you eligible?", "Remplissez-vous les conditions ?", "¿Cumple los requisitos?";
    lead: "Four questions, about 60 seconds. You get a straight answer, the rule behind it, and what to do next.",
        "Quatre questions, environ 60 secondes. Vous obtenez une réponse claire, la règle qui la fonde et la marche à suivre.",
        "Cuatro preguntas, unos 60 segundos. Recibe una respuesta clara, la norma en que se basa y qué hacer después.";
    not_kept: "We do not keep your answers unless you register with them. Your profile is checked again, rule by rule, before you release it.",
        "Nous ne gardons vos réponses que si vous les reprenez en créant un compte. Votre dossier est vérifié à nouveau, règle par règle, avant que vous le transmettiez.",
        "Solo guardamos sus respuestas si se registra con ellas. Su perfil se comprueba de nuevo, norma por norma, antes de que lo envíe.";
    born: "Date of birth", "Date de naissance", "Fecha de nacimiento";
    born_hint: "For example, 14 3 2002.", "Par exemple, 14 3 2002.", "Por ejemplo, 14 3 2002.";
    enter_born: "Enter your date of birth", "Indiquez votre date de naissance", "Indique su fecha de nacimiento";
    born_impossible: "Date of birth must be in the past", "La date de naissance doit être antérieure à aujourd’hui", "La fecha de nacimiento debe ser anterior a hoy";
    way: "Which one describes you?", "Qu’est-ce qui vous correspond ?", "¿Cuál es su situación?";
    choose_way: "Choose the one that describes you", "Choisissez ce qui vous correspond", "Elija la opción que le corresponde";
    final_year: "I am in the final year of a degree", "Je suis en dernière année d’un diplôme universitaire", "Estoy en el último año de una carrera universitaria";
    final_year_hint: "Bachelor’s level or equivalent", "Niveau licence ou équivalent", "Grado o equivalente";
    graduate_student: "I am studying for a graduate degree", "Je prépare un diplôme de deuxième cycle ou plus", "Estudio un posgrado";
    graduate_student_hint: "A second university degree, or higher", "Un deuxième diplôme universitaire, ou plus", "Un segundo título universitario, o superior";
    recent_graduate: "I graduated and can start within one year of graduating", "J’ai obtenu mon diplôme et peux commencer dans l’année qui suit", "Me he graduado y puedo empezar en el plazo de un año";
    sponsored: "An institution sponsors me", "Une institution me parraine", "Una institución me patrocina";
    sponsored_hint: "A government, a non-governmental organisation or a university", "Un organisme public, une organisation non gouvernementale ou une université", "Un gobierno, una organización no gubernamental o una universidad";
    none_of_these: "None of these", "Aucune de ces réponses", "Ninguna de estas opciones";
    degree: "Date of the degree", "Date du diplôme", "Fecha del título";
    degree_hint: "When it was awarded, or when you expect it. Leave it empty if you have none.", "Quand il a été délivré, ou quand vous l’attendez. Laissez ces cases vides si vous n’en avez pas.", "Cuándo se lo concedieron o cuándo lo espera. Déjela vacía si no tiene título.";
    language: "Which languages can you work in?", "Dans quelles langues pouvez-vous travailler ?", "¿En qué idiomas puede trabajar?";
    language_hint: "One is enough. Choose all that apply.", "Une seule suffit. Choisissez toutes celles qui conviennent.", "Basta uno. Elija todos los que correspondan.";
    months: "How many months can you stay?", "Combien de mois pouvez-vous rester ?", "¿Cuántos meses puede quedarse?";
    enter_months: "Enter a whole number of months, such as 6", "Indiquez un nombre entier de mois, par exemple 6", "Indique un número entero de meses, por ejemplo 6";
    see_answer: "See my result", "Voir mon résultat", "Ver mi resultado";
    change_answers: "Ask again with other answers", "Recommencer avec d’autres réponses", "Preguntar de nuevo con otras respuestas";
    if_released_today: "If you release your profile today, you may start:", "Si vous transmettez votre dossier aujourd’hui, vous pouvez commencer :", "Si envía su perfil hoy, puede empezar:";
    may_be_possible: "Days that no rule forbids:", "Jours qu’aucune règle n’exclut :", "Días que ninguna norma excluye:";
    when_to_start: "When you can start", "Quand vous pouvez commencer", "Cuándo puede empezar";
    start_profile: "Start your profile", "Commencer mon dossier", "Empezar mi perfil";
    keep_answers: "Register and keep these answers", "Créer un compte avec ces réponses", "Registrarse y guardar estas respuestas";
    read_rules: "Read the programme rules", "Lire les règles du programme", "Leer las normas del programa";
    a_guide: "This is a guide, not a decision. A person decides, and you may release your profile with any result.",
        "Ceci est une indication, pas une décision. C’est une personne qui décide, et vous pouvez transmettre votre dossier quel que soit le résultat.",
        "Esto es una orientación, no una decisión. Decide una persona, y puede enviar su perfil con cualquier resultado.";
    other_length: "You look eligible, for another length of stay", "Vous semblez remplir les conditions, pour une autre durée", "Parece cumplir los requisitos, con otra duración";
    length_title(least, most): "Length, {least} to {most} months", "Durée, de {least} à {most} mois", "Duración, de {least} a {most} meses";
    too_short(least): "An internship lasts at least {least} months.", "Un stage dure au moins {least} mois.", "Una pasantía dura al menos {least} meses.";
    too_long(most): "An internship lasts at most {most} months in all.", "Un stage dure au plus {most} mois en tout.", "Una pasantía dura como máximo {most} meses en total.";
    by_extension(first): "The first agreement is for at most {first} months; the rest is an extension that you and your supervisor agree on.",
        "La première convention porte sur {first} mois au plus ; le reste est une prolongation convenue entre vous et votre responsable.",
        "El primer acuerdo es de {first} meses como máximo; el resto es una prórroga que acuerdan usted y su supervisor.";
    preferred(months): "{months} months is a length that offices prefer.", "{months} mois est une durée que les bureaux préfèrent.", "{months} meses es una duración que las oficinas prefieren.";
    long_enough(months, preferred): "{months} months is long enough. Offices prefer {preferred}.", "{months} mois suffisent. Les bureaux en préfèrent {preferred}.", "{months} meses son suficientes. Las oficinas prefieren {preferred}.";
    length_policy(least, first, most): "An internship lasts {least} to {first} months, with a preference for the longer stay, and {most} months at most with extensions.",
        "Un stage dure de {least} à {first} mois, de préférence le plus long possible, et {most} mois au plus avec les prolongations.",
        "Una pasantía dura de {least} a {first} meses, preferentemente lo más larga posible, y {most} meses como máximo con prórrogas.";
});
