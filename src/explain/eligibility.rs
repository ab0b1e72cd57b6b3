//! The three rules in words: what was compared, what to do, and what the policy says.

use super::opening::language_name;
use super::profile::capitalised;
use crate::domain::calendar::Windows;
use crate::domain::eligibility::{
    Assessment, Outcome, Policy, Reason, Rule, RuleResult, Track, TrackGap, TrackReview, Verdict,
};
use crate::text::{Lang, texts};
use chrono::NaiveDate;
use std::collections::HashMap;

/// One rule as the design shows it.
pub struct RuleLine {
    pub tone: &'static str,
    pub icon: &'static str,
    /// "Age, 19 to 36"
    pub title: String,
    /// "Met"
    pub word: String,
    pub message: String,
    /// What the candidate can do, and where.
    pub advice: Option<Advice>,
    pub policy: String,
}

pub struct Advice {
    pub address: &'static str,
    pub label: String,
}

/// All rules, the worst first.
pub fn lines(assessment: &Assessment, lang: Lang) -> Vec<RuleLine> {
    lines_of(assessment, lang).into_iter().map(|(_, line)| line).collect()
}

/// The same, each with its rule.
pub fn lines_of(assessment: &Assessment, lang: Lang) -> Vec<(Rule, RuleLine)> {
    let start = assessment.start.unwrap_or(assessment.as_of);
    let mut rules: Vec<&RuleResult> = assessment.rules.iter().collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.outcome));
    rules.into_iter().map(|rule| (rule.rule, line(rule, start, &assessment.policy, lang))).collect()
}

pub fn rule_name(rule: Rule, lang: Lang) -> String {
    let t = Words(lang);
    match rule {
        Rule::Age => t.age(),
        Rule::Track => t.track_title(),
        Rule::Language => t.language_title(),
    }
}

/// One rule, by the numbers it was judged by.
fn line(rule: &RuleResult, start: NaiveDate, policy: &Policy, lang: Lang) -> RuleLine {
    let (tone, icon) = outcome_look(rule.outcome);
    let t = Words(lang);
    let (youngest, oldest) = (policy.from_age, policy.below_age.saturating_sub(1));
    let (title, policy_words) = match rule.rule {
        Rule::Age => {
            (t.age_title(youngest, oldest), t.age_and_language_policy(youngest, oldest, one_of(policy, lang)))
        }
        Rule::Language => {
            (rule_name(rule.rule, lang), t.age_and_language_policy(youngest, oldest, one_of(policy, lang)))
        }
        Rule::Track => (rule_name(rule.rule, lang), t.track_policy(in_time(policy, lang))),
    };
    let advice = (rule.outcome != Outcome::Met).then(|| advice(rule, lang)).flatten();
    RuleLine {
        tone,
        icon,
        title,
        word: outcome_name(rule.outcome, lang),
        message: message(rule, start, policy, lang),
        advice,
        policy: policy_words,
    }
}

/// The working languages, of which one is enough: "English, French or Spanish".
pub fn one_of(policy: &Policy, lang: Lang) -> String {
    let names: Vec<String> = policy.working_languages.iter().map(|code| language_name(code, lang)).collect();
    lang.either(&names)
}

/// Within what time of graduation one may start.
fn in_time(policy: &Policy, lang: Lang) -> String {
    match policy.months_after_award {
        12 => Words(lang).in_a_year(),
        months => Words(lang).in_months(months),
    }
}

/// Tone and icon of an outcome (`DESIGN.md`, 7).
pub fn outcome_look(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Met => ("ok", "ok"),
        Outcome::NeedsInformation => ("you", "proof"),
        Outcome::NeedsReview => ("them", "eye"),
        Outcome::NotMet => ("bad", "bad"),
    }
}

pub fn outcome_name(outcome: Outcome, lang: Lang) -> String {
    let t = Words(lang);
    match outcome {
        Outcome::Met => t.met(),
        Outcome::NeedsInformation => t.needs_information(),
        Outcome::NeedsReview => t.needs_review(),
        Outcome::NotMet => t.not_met(),
    }
}

/// Tone and icon of a verdict.
pub fn verdict_look(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Eligible => ("ok", "ok"),
        Verdict::NeedsInformation => ("you", "proof"),
        Verdict::NeedsReview => ("them", "eye"),
        Verdict::OtherDates => ("you", "cal"),
        Verdict::NotEligible => ("bad", "bad"),
    }
}

/// For lists and filters.
pub fn verdict_name(verdict: Verdict, lang: Lang) -> String {
    let t = Words(lang);
    match verdict {
        Verdict::Eligible => t.all_met(),
        Verdict::NeedsInformation => t.to_prove(),
        Verdict::NeedsReview => t.to_judge(),
        Verdict::OtherDates => t.other_dates(),
        Verdict::NotEligible => t.one_not_met(),
    }
}

/// The answer in one sentence, to the candidate.
pub fn headline(verdict: Verdict, lang: Lang) -> String {
    let t = Words(lang);
    match verdict {
        Verdict::Eligible => t.eligible_headline(),
        Verdict::NeedsInformation => t.needs_information_headline(),
        Verdict::NeedsReview => t.needs_review_headline(),
        Verdict::OtherDates => t.other_dates_headline(),
        Verdict::NotEligible => t.not_eligible_headline(),
    }
}

/// The headline of an answer, with the office whose own numbers were gone by. `offices` are names by id.
pub fn headline_of(assessment: &Assessment, offices: &HashMap<String, String>, lang: Lang) -> String {
    at_office(headline(assessment.verdict, lang), assessment, offices, lang)
}

/// The verdict in a word or two, with that office.
pub fn verdict_of(assessment: &Assessment, offices: &HashMap<String, String>, lang: Lang) -> String {
    at_office(verdict_name(assessment.verdict, lang), assessment, offices, lang)
}

fn at_office(said: String, of: &Assessment, offices: &HashMap<String, String>, lang: Lang) -> String {
    match &of.office {
        Some(office) => Words(lang).at_office(said, offices.get(office).unwrap_or(office)),
        None => said,
    }
}

pub fn track_name(track: Track, lang: Lang) -> String {
    let t = Words(lang);
    match track {
        Track::FinalYear => t.final_year(),
        Track::GraduateStudent => t.graduate_student(),
        Track::RecentGraduate => t.recent_graduate(),
        Track::Sponsored => t.sponsored(),
    }
}

/// The dates on which the answer is yes: one line per window.
pub fn windows(days: &Windows, lang: Lang) -> Vec<String> {
    let t = Words(lang);
    let say = |from: NaiveDate, to: Option<NaiveDate>| match to {
        Some(to) if to == from => t.on(lang.date(from)),
        Some(to) => t.from_to(lang.date(from), lang.date(to)),
        None => t.from_on(lang.date(from)),
    };
    days.as_slice().iter().map(|window| say(window.from, window.to)).collect()
}

/// Why a rule came out as it did.
pub fn message(rule: &RuleResult, start: NaiveDate, policy: &Policy, lang: Lang) -> String {
    let t = Words(lang);
    let (name, level) = (|code: &str| language_name(code, lang), policy.working_level.code());
    match &rule.reason {
        Reason::AgeInRange { age } => t.age_in_range(age, lang.date(start)),
        Reason::AgeTooYoung { from, needed } => t.age_too_young(needed, lang.date(*from)),
        Reason::AgeTooOld { last, limit } => t.age_too_old(limit, lang.date(*last)),
        Reason::AgeUnknown => t.age_unknown(),
        Reason::TrackMet => {
            let names: Vec<String> = rule.tracks.iter().map(|track| track_name(*track, lang)).collect();
            t.track_met(lang.list(&names))
        }
        Reason::TrackNeedsInformation { what } => match what {
            TrackGap::FinalYearStart => t.gap_final_year(),
            TrackGap::StudyDates => t.gap_study_dates(),
            TrackGap::AwardDate => t.gap_award(),
            TrackGap::SponsorLetter => t.gap_letter(),
        },
        Reason::TrackNeedsReview { what } => match what {
            TrackReview::NoEarlierDegree => t.review_no_degree(),
            TrackReview::SponsorArea => t.review_area(),
            TrackReview::SponsorPeriod => t.review_period(),
        },
        Reason::TrackNotMet { last: Some(last) } if *last < start => t.track_too_late(lang.date(*last)),
        Reason::TrackNotMet { .. } => t.track_not_met(),
        Reason::TrackNone => t.track_none(),
        Reason::TrackUnknown => t.track_unknown(),
        Reason::LanguageWorkingKnowledge { languages } => {
            let names: Vec<String> = languages.iter().map(|code| name(code)).collect();
            t.language_met(lang.list(&names))
        }
        Reason::LanguageSkillMissing { language } => t.language_skill(name(language)),
        Reason::LanguageBelowLevel { language } => t.language_below(level, name(language)),
        Reason::LanguageNoneOfThese => t.language_none(capitalised(&one_of(policy, lang)), level),
        Reason::LanguageUnknown => t.language_unknown(),
    }
}

fn advice(rule: &RuleResult, lang: Lang) -> Option<Advice> {
    let t = Words(lang);
    let (address, label) = match &rule.reason {
        Reason::AgeUnknown => ("/profile/about", t.enter_birth()),
        Reason::AgeTooYoung { .. } | Reason::TrackNotMet { .. } => ("/profile/dates", t.change_dates()),
        Reason::TrackNeedsInformation { what: TrackGap::SponsorLetter } => {
            ("/profile/documents", t.upload_letter())
        }
        Reason::TrackNeedsReview { what: TrackReview::SponsorPeriod } => ("/profile/dates", t.change_dates()),
        Reason::TrackNeedsInformation { .. } | Reason::TrackNone | Reason::TrackUnknown => {
            ("/profile/education", t.complete_education())
        }
        Reason::LanguageUnknown | Reason::LanguageSkillMissing { .. } => {
            ("/profile/languages", t.complete_languages())
        }
        _ => return None,
    };
    Some(Advice { address, label })
}

texts!(Words {
    met: "Met", "Remplie", "Cumplida";
    needs_information: "Needs evidence", "Justificatif attendu", "Falta un justificante";
    needs_review: "A person decides", "Une personne décide", "Decide una persona";
    not_met: "Not met", "Non remplie", "No cumplida";
    all_met: "All met", "Toutes remplies", "Todas cumplidas";
    to_prove: "To prove", "À justifier", "Por justificar";
    to_judge: "To judge", "À apprécier", "Por valorar";
    other_dates: "Other dates", "Autres dates", "Otras fechas";
    one_not_met: "Not met", "Non remplie", "No cumplida";
    at_office(said, office): "{said} (rules of the office: {office})", "{said} (règles du bureau : {office})", "{said} (normas de la oficina: {office})";
    eligible_headline: "You meet every rule we can check", "Vous remplissez toutes les règles que nous pouvons vérifier",
        "Cumple todas las normas que podemos comprobar";
    needs_information_headline: "We need to know more to say yes", "Il nous manque des informations pour dire oui",
        "Nos falta información para decir que sí";
    needs_review_headline: "A person needs to look at one point", "Une personne doit examiner un point",
        "Una persona debe valorar un punto";
    other_dates_headline: "Not on these dates, but on others", "Pas à ces dates, mais à d’autres",
        "No en estas fechas, pero sí en otras";
    not_eligible_headline: "A rule is not met, whatever the dates", "Une règle n’est pas remplie, quelles que soient les dates",
        "Una norma no se cumple, sean cuales sean las fechas";
    final_year: "final year of a degree", "dernière année d’un diplôme", "último año de una carrera";
    graduate_student: "graduate student", "études de deuxième ou troisième cycle", "estudios de posgrado";
    recent_graduate: "recent graduate", "diplôme récent", "graduación reciente";
    sponsored: "sponsored", "parrainage", "patrocinio";
    on(day): "on {day}", "le {day}", "el {day}";
    from_to(from, to): "from {from} to {to}", "du {from} au {to}", "del {from} al {to}";
    from_on(from): "from {from} on", "à partir du {from}", "a partir del {from}";

    age: "Age", "Âge", "Edad";
    age_title(from, to): "Age, {from} to {to}", "Âge, de {from} à {to} ans", "Edad, de {from} a {to} años";
    age_in_range(age, day): "You will be {age} on {day}.", "Vous aurez {age} ans le {day}.", "Tendrá {age} años el {day}.";
    age_too_young(age, day): "You turn {age} on {day}, and can start from that day on.",
        "Vous aurez {age} ans le {day} et pourrez commencer à partir de ce jour.",
        "Cumple {age} años el {day} y puede empezar a partir de ese día.";
    age_too_old(age, day): "The last day to start at {age} was {day}.", "Le dernier jour pour commencer à {age} ans est le {day}.",
        "El último día para empezar con {age} años es el {day}.";
    age_unknown: "We do not know your date of birth yet.", "Nous ne connaissons pas encore votre date de naissance.",
        "Aún no conocemos su fecha de nacimiento.";
    enter_birth: "Enter your date of birth", "Indiquer votre date de naissance", "Indicar su fecha de nacimiento";

    track_title: "Your studies or sponsor", "Vos études ou votre parrainage", "Sus estudios o su patrocinio";
    track_met(ways): "You qualify: {ways}.", "Vous remplissez la condition : {ways}.", "Cumple el requisito: {ways}.";
    gap_final_year: "To confirm your final year we need to know when it begins.",
        "Pour confirmer votre dernière année, nous devons savoir quand elle commence.",
        "Para confirmar su último año necesitamos saber cuándo empieza.";
    gap_study_dates: "To confirm your enrolment we need to know when your studies begin and end.",
        "Pour confirmer votre inscription, nous devons savoir quand vos études commencent et se terminent.",
        "Para confirmar su matrícula necesitamos saber cuándo empiezan y terminan sus estudios.";
    gap_award: "We need the day on which your degree was awarded.", "Nous avons besoin du jour d’obtention de votre diplôme.",
        "Necesitamos el día en que obtuvo su título.";
    gap_letter: "An institution sponsors you, so we need its letter.", "Une institution vous parraine : il nous faut sa lettre.",
        "Le patrocina una institución: necesitamos su carta.";
    review_no_degree: "You are enrolled in a graduate degree without an earlier degree on record, such as in an integrated master’s degree. A person decides.",
        "Vous suivez un cycle supérieur sans diplôme antérieur indiqué, comme dans un master intégré. Une personne décide.",
        "Cursa un posgrado sin un título anterior registrado, como en un máster integrado. Decide una persona.";
    review_area: "A person decides whether your sponsor’s area is relevant to its work and ours.",
        "Une personne décide si le domaine du parrainage est utile à l’action de l’institution et à la nôtre.",
        "Una persona decide si el ámbito del patrocinio es pertinente para la labor de la institución y la nuestra.";
    review_period: "Your sponsor’s letter does not cover the whole internship. A person decides.",
        "La lettre de parrainage ne couvre pas tout le stage. Une personne décide.",
        "La carta de patrocinio no cubre toda la pasantía. Decide una persona.";
    track_too_late(day): "With your studies, {day} is the last day to start.", "Avec vos études, le {day} est le dernier jour pour commencer.",
        "Con sus estudios, el {day} es el último día para empezar.";
    track_not_met: "None of the four ways to qualify is open on these dates.", "Aucune des quatre façons de remplir la condition n’est possible à ces dates.",
        "Ninguna de las cuatro formas de cumplir el requisito es posible en estas fechas.";
    track_none: "A final year, a graduate degree, a recent degree or a sponsor is needed.",
        "Il faut une dernière année, un cycle supérieur, un diplôme récent ou un parrainage.",
        "Hace falta un último año, un posgrado, un título reciente o un patrocinio.";
    track_unknown: "We do not know your studies yet.", "Nous ne connaissons pas encore vos études.", "Aún no conocemos sus estudios.";
    change_dates: "Change your dates", "Modifier vos dates", "Cambiar sus fechas";
    complete_education: "Complete Education", "Compléter la section Études", "Completar la sección Estudios";
    upload_letter: "Upload the letter", "Déposer la lettre", "Subir la carta";

    language_title: "A working language", "Une langue de travail", "Un idioma de trabajo";
    language_met(names): "You can work in {names}. One is enough.", "Vous pouvez travailler en {names}. Une seule suffit.",
        "Puede trabajar en {names}. Basta con uno.";
    language_skill(name): "Tell us your level in all four skills in {name}.", "Indiquez votre niveau dans les quatre compétences : {name}.", "Indique su nivel en las cuatro destrezas: {name}.";
    language_below(level, name): "All four skills must be {level} or higher in one and the same language. In {name}, they are not.",
        "Les quatre compétences doivent atteindre au moins le niveau {level} dans une même langue. Ce n’est pas le cas : {name}.",
        "Las cuatro destrezas deben tener nivel {level} o superior en un mismo idioma. No es el caso: {name}.";
    language_none(names, level): "{names} is needed: {level} or higher in all four skills, or as your mother tongue.",
        "Une langue de travail est nécessaire ({names}) : {level} au moins dans les quatre compétences, ou langue maternelle.",
        "Hace falta un idioma de trabajo ({names}): {level} o superior en las cuatro destrezas, o como lengua materna.";
    language_unknown: "We do not know your languages yet.", "Nous ne connaissons pas encore vos langues.", "Aún no conocemos sus idiomas.";
    complete_languages: "Complete Languages", "Compléter la section Langues", "Completar la sección Idiomas";

    age_and_language_policy(from, to, names): "Interns should also be between {from} and {to} years of age, with a working knowledge of at least one of the official languages ({names}).",
        "Les stagiaires doivent en outre avoir entre {from} et {to} ans et une connaissance pratique d’au moins une des langues officielles ({names}).",
        "Las personas en pasantía deben tener además entre {from} y {to} años y un conocimiento práctico de al menos uno de los idiomas oficiales ({names}).";
    in_a_year: "within one year", "dans l’année qui suit", "en el plazo de un año";
    in_months(months): "within {months} months", "dans les {months} mois qui suivent", "en el plazo de {months} meses";
    track_policy(in_time): "To be eligible you must meet one of the following criteria: enrolled in the final academic year of a university degree program (minimum Bachelor’s level or equivalent); enrolled in a graduate degree program (second university degree or higher); recently graduated with a university or graduate degree and can commence the internship {in_time} of graduation; sponsored by a governmental/non-governmental institution and/or academic institution to work in an area relevant to both the Organization and the sponsor institution.",
        "Pour être admissible, vous devez remplir l’un des critères suivants : suivre la dernière année d’un programme universitaire (niveau licence ou équivalent au minimum) ; suivre un programme d’études supérieures (deuxième diplôme universitaire ou plus) ; avoir récemment obtenu un diplôme et pouvoir commencer le stage {in_time} ; bénéficier du parrainage d’une institution gouvernementale, non gouvernementale ou universitaire pour travailler dans un domaine pertinent pour l’Organisation et pour cette institution.",
        "Para ser admisible debe cumplir uno de los siguientes criterios: cursar el último año académico de una carrera universitaria (nivel mínimo de grado o equivalente); cursar un posgrado (segundo título universitario o superior); haberse graduado recientemente y poder empezar la pasantía {in_time}; contar con el patrocinio de una institución gubernamental, no gubernamental o académica para trabajar en un área pertinente para la Organización y para esa institución.";
});
