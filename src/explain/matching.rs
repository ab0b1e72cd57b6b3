//! Why somebody ranks where they do, in words: what speaks for them and what does not.

use super::opening::language_name;
use crate::domain::eligibility::Outcome;
use crate::domain::matching::{Area, Fit, Free, Wish, Work};
use crate::text::{Lang, texts};

/// Sentences without a full stop, to be read one after the other.
pub struct Reasons {
    pub fits: Vec<String>,
    pub lacks: Vec<String>,
}

/// `place` is the duty station's name, `preferred` the length in months that the programme prefers.
pub fn reasons(fit: &Fit, work: &Work, place: &str, preferred: u32, lang: Lang) -> Reasons {
    let t = Text(lang);
    let mut told = Reasons { fits: Vec::new(), lacks: Vec::new() };
    if fit.named {
        told.fits.push(t.names_it());
    }
    match fit.wish {
        Wish::Here(1) => told.fits.push(t.wishes_first(place)),
        Wish::Here(nth) => told.fits.push(t.wishes_nth(place, nth)),
        Wish::Anywhere => told.fits.push(t.goes_anywhere()),
        Wish::SameKind => told.fits.push(match work.kind {
            "headquarters" => t.wishes_headquarters(),
            "field_mission" => t.wishes_field_missions(),
            _ => t.wishes_country_offices(),
        }),
        Wish::Elsewhere => told.lacks.push(t.wishes_elsewhere()),
    }
    for asked in &fit.languages {
        let language = language_name(&asked.language, lang);
        match asked.outcome {
            Outcome::Met => told.fits.push(t.speaks(language)),
            Outcome::NotMet => told.lacks.push(t.does_not_speak(language)),
            Outcome::NeedsInformation | Outcome::NeedsReview => told.lacks.push(t.may_speak(language)),
        }
    }
    match &fit.area {
        Area::Any => {}
        Area::Wished => told.fits.push(t.wishes_area()),
        Area::Studied(subject) => told.fits.push(t.studies(subject)),
        Area::Other => told.lacks.push(t.other_area()),
    }
    match fit.free {
        Free::OnTheDay(stay) => told.fits.push(t.free_from(lang.date(stay.start))),
        Free::Later(stay) => told.lacks.push(t.free_later(lang.date(stay.start))),
        Free::Never => told.lacks.push(t.not_free(lang.date(work.start))),
    }
    match (fit.months, fit.preferred_length) {
        (0, _) => {}
        (n, true) => told.fits.push(t.long(n)),
        (n, false) => told.lacks.push(t.short(n, preferred)),
    }
    told
}

texts!(Text {
    names_it: "names this opening", "mentionne cette annonce", "menciona esta vacante";
    wishes_first(place): "wishes {place} first", "souhaite d’abord {place}", "desea ante todo {place}";
    wishes_nth(place, n): "wishes {place}, as choice {n}", "souhaite {place}, en choix {n}", "desea {place}, como opción {n}";
    goes_anywhere: "goes anywhere", "peut aller partout", "puede ir a cualquier lugar";
    wishes_headquarters: "wishes headquarters", "souhaite le siège", "desea la sede";
    wishes_field_missions: "wishes field missions", "souhaite une mission de terrain", "desea una misión sobre el terreno";
    wishes_country_offices: "wishes country offices", "souhaite un bureau de pays", "desea una oficina de país";
    wishes_elsewhere: "wishes other places", "souhaite d’autres lieux", "desea otros lugares";
    speaks(l): "{l} at work level", "{l} à un niveau de travail", "{l} a nivel de trabajo";
    may_speak(l): "{l}: some skills are not stated", "{l} : certaines compétences ne sont pas indiquées", "{l}: algunas destrezas no están indicadas";
    does_not_speak(l): "{l} at work level is not stated", "{l} à un niveau de travail : non indiqué", "{l} a nivel de trabajo: no indicado";
    wishes_area: "wishes this area of work", "souhaite ce domaine de travail", "desea esta área de trabajo";
    studies(subject): "studied “{subject}”", "a étudié « {subject} »", "estudió «{subject}»";
    other_area: "wishes other areas of work", "souhaite d’autres domaines de travail", "desea otras áreas de trabajo";
    free_from(day): "free from {day}", "libre à partir du {day}", "libre desde el {day}";
    free_later(day): "only free from {day}", "libre seulement à partir du {day}", "libre solo desde el {day}";
    not_free(day): "not free for long enough from {day}", "pas libre assez longtemps à partir du {day}", "no está libre el tiempo suficiente desde el {day}";
    long(n): "for {n} months", "pour {n} mois", "por {n} meses";
    short(n, preferred): "for {n} months; {preferred} or more are preferred", "pour {n} mois ; {preferred} ou plus sont préférés",
        "por {n} meses; se prefieren {preferred} o más";
});
