//! A profile in words: the same rows for the candidate before release, and for Human Resources after it.

use super::opening;
use crate::domain::eligibility::{DegreeLevel, LanguageSkills, SponsorKind, StudyState};
use crate::domain::profile::{DocumentKind, Education, Profile, Section};
use crate::reference::{areas, countries, languages};
use crate::text::{Lang, texts};
use std::collections::HashMap;

/// One section as labels and lines.
pub struct Part {
    pub section: Section,
    pub title: String,
    pub rows: Vec<Row>,
}

pub struct Row {
    pub label: String,
    pub lines: Vec<String>,
}

/// Who reads the profile: the candidate whose it is, or somebody who works with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    Candidate,
    HumanResources,
    /// Reads what the decision on a placement needs: no birth, no nationality, no address.
    Supervisor,
}

/// The sections that are shown as rows; the letter and the documents have their own look.
/// `offices` gives the names of duty stations in the reader's language.
pub fn parts(profile: &Profile, offices: &HashMap<String, String>, reader: Reader, lang: Lang) -> Vec<Part> {
    let t = Words(lang);
    let title = |section| match (reader, section) {
        (Reader::Candidate, _) => section_name(section, lang),
        (_, Section::About) => Sections(lang).about_them(),
        (_, Section::Wishes) => Sections(lang).their_wishes(),
        _ => section_name(section, lang),
    };
    let part = |section, rows| Part { section, title: title(section), rows };
    vec![
        part(Section::About, about(profile, reader, t)),
        part(Section::Education, profile.education.iter().map(|e| study(e, t)).collect()),
        part(Section::Languages, profile.languages.iter().map(|l| language(l, t)).collect()),
        part(Section::Funding, funding(profile, t)),
        part(Section::Wishes, wishes(profile, offices, reader, t)),
        part(Section::Dates, dates(profile, t)),
        part(Section::Experience, profile.experience.iter().map(|e| experience(e, t)).collect()),
    ]
}

/// A document as a line: its name, what it proves, its size, and where to read it.
pub struct DocumentLine {
    pub icon: &'static str,
    pub name: String,
    pub kind: String,
    pub size: String,
    pub address: String,
}

/// `folder` is the address below which the documents are served to this reader.
pub fn document_lines(profile: &Profile, folder: &str, reader: Reader, lang: Lang) -> Vec<DocumentLine> {
    let line = |document: &crate::domain::profile::Document| DocumentLine {
        icon: if document.media_type.starts_with("image/") { "photo" } else { "file" },
        name: document.file_name.clone(),
        kind: document_name(document.kind, lang),
        size: lang.file_size(document.bytes),
        address: format!("{folder}/{}", document.id),
    };
    profile.documents.iter().filter(|document| may_open(reader, document.kind)).map(line).collect()
}

/// Proofs and letters are for Human Resources: a supervisor reads the CV.
pub fn may_open(reader: Reader, kind: DocumentKind) -> bool {
    reader != Reader::Supervisor || kind == DocumentKind::Cv
}

fn row(label: String, line: impl Into<String>) -> Row {
    Row { label, lines: vec![line.into()] }
}

fn about(profile: &Profile, reader: Reader, t: Words) -> Vec<Row> {
    let about = &profile.about;
    if reader == Reader::Supervisor {
        return vec![row(t.name(), about.full_name())];
    }
    let nationality = match about.nationalities.is_empty() {
        true => t.stateless(),
        false => t.0.list(&about.nationalities.iter().map(|c| country(c, t.0)).collect::<Vec<_>>()),
    };
    let mut rows = vec![
        row(t.name(), about.full_name()),
        row(t.born(), t.0.date(about.date_of_birth)),
        row(t.nationality(), nationality),
        row(t.residence(), country(&about.residence, t.0)),
    ];
    if !about.phone.is_empty() {
        rows.push(row(t.phone(), about.phone.clone()));
    }
    rows
}

fn study(education: &Education, t: Words) -> Row {
    let study = &education.study;
    let mut lines = vec![
        education.subject.clone(),
        format!("{}, {}", education.institution, country(&education.country, t.0)),
    ];
    match (study.state, study.started_on, study.ends_on, study.awarded_on) {
        (StudyState::Awarded, _, _, Some(awarded)) => lines.push(t.awarded(t.0.date(awarded))),
        (StudyState::Enrolled, Some(from), Some(to), _) => {
            lines.push(t.from_to(t.0.date(from), t.0.date(to)))
        }
        (StudyState::Enrolled, _, Some(to), _) => lines.push(t.expected(t.0.date(to))),
        _ => {}
    }
    if let Some(final_year) = study.final_year_starts_on {
        lines.push(t.final_year(t.0.date(final_year)));
    }
    Row { label: level_name(study.level, t.0), lines }
}

fn language(skills: &LanguageSkills, t: Words) -> Row {
    let name = languages::language(&skills.code).map_or(skills.code.as_str(), |l| l.name(t.0));
    let level = |level: Option<crate::domain::eligibility::Level>| {
        level.map_or("–".to_owned(), |l| format!("{l:?}"))
    };
    let line = match skills.mother_tongue {
        true => t.mother_tongue(),
        false => t.levels(
            level(skills.listening),
            level(skills.reading),
            level(skills.speaking),
            level(skills.writing),
        ),
    };
    row(capitalised(name), line)
}

fn funding(profile: &Profile, t: Words) -> Vec<Row> {
    let funding = &profile.funding;
    let mut rows = vec![
        row(t.scholarship(), funding.scholarship.clone().unwrap_or_else(|| t.none())),
        row(t.compulsory(), if funding.compulsory { t.yes() } else { t.no() }),
    ];
    let mut sponsor = Row { label: t.sponsor(), lines: vec![t.none()] };
    if let Some(details) = &funding.sponsor {
        sponsor.lines = vec![details.name.clone(), sponsor_kind(details.sponsor.kind, t.0)];
        if let Some(covers) = details.sponsor.covers {
            sponsor.lines.push(t.letter_covers(t.0.date(covers.from), t.0.date(covers.to)));
        }
    }
    rows.push(sponsor);
    rows
}

fn wishes(profile: &Profile, offices: &HashMap<String, String>, reader: Reader, t: Words) -> Vec<Row> {
    let area = |code: &String| areas::area(code).map_or(code.clone(), |a| a.name(t.0).to_owned());
    let office = |id: &String| offices.get(id).unwrap_or(id).clone();
    let mut rows = vec![
        Row { label: t.areas(), lines: profile.wishes.areas.iter().map(area).collect() },
        match profile.wishes.offices.is_empty() {
            true => row(t.places(), t.anywhere()),
            false => Row { label: t.places(), lines: profile.wishes.offices.iter().map(office).collect() },
        },
    ];
    rows.extend(profile.openings.iter().map(|named| {
        let title = opening::title(named, t.0).text;
        let mut lines = vec![format!("{title}, {} ({})", office(&named.office), named.reference)];
        lines.extend(opening::asked(named, reader, t.0).into_iter().map(|asked| asked.sentence));
        Row { label: t.opening(), lines }
    }));
    rows
}

fn dates(profile: &Profile, t: Words) -> Vec<Row> {
    vec![
        row(t.start(), t.0.weekday_date(profile.dates.start)),
        row(t.end(), t.0.weekday_date(profile.dates.end)),
    ]
}

fn experience(experience: &crate::domain::profile::Experience, t: Words) -> Row {
    let period = match experience.to {
        Some(to) => t.from_to(t.0.date(experience.from), t.0.date(to)),
        None => t.since(t.0.date(experience.from)),
    };
    let title = format!("{}, {}", experience.role, experience.organisation);
    Row { label: period, lines: vec![title, experience.description.clone()] }
}

fn country(code: &str, lang: Lang) -> String {
    countries::country(code).map_or(code, |c| c.name(lang)).to_owned()
}

pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The name of a section, as its page and the task list have it.
pub fn section_name(section: Section, lang: Lang) -> String {
    let t = Sections(lang);
    match section {
        Section::About => t.about(),
        Section::Education => t.education(),
        Section::Languages => t.languages(),
        Section::Funding => t.funding(),
        Section::Wishes => t.wishes(),
        Section::Dates => t.dates(),
        Section::Experience => t.experience(),
        Section::Letter => t.letter(),
        Section::Documents => t.documents(),
    }
}

pub fn document_name(kind: DocumentKind, lang: Lang) -> String {
    let t = Words(lang);
    match kind {
        DocumentKind::Cv => t.cv(),
        DocumentKind::StudyProof => t.study_proof(),
        DocumentKind::SponsorLetter => t.sponsor_letter(),
        DocumentKind::UniversityLetter => t.university_letter(),
    }
}

pub fn level_name(level: DegreeLevel, lang: Lang) -> String {
    let t = Words(lang);
    match level {
        DegreeLevel::Secondary => t.secondary(),
        DegreeLevel::ShortCycle => t.short_cycle(),
        DegreeLevel::Certificate => t.certificate(),
        DegreeLevel::Bachelor => t.bachelor(),
        DegreeLevel::Master => t.master(),
        DegreeLevel::Doctorate => t.doctorate(),
    }
}

pub fn sponsor_kind(kind: SponsorKind, lang: Lang) -> String {
    let t = Words(lang);
    match kind {
        SponsorKind::Governmental => t.governmental(),
        SponsorKind::NonGovernmental => t.non_governmental(),
        SponsorKind::Academic => t.academic(),
        SponsorKind::Private => t.private(),
    }
}

texts!(Sections {
    about_them: "The candidate", "La personne candidate", "La persona candidata";
    their_wishes: "Where they want to work", "Où cette personne souhaite travailler", "Dónde desea trabajar esta persona";
    about: "About you", "À propos de vous", "Sobre usted";
    education: "Education", "Études", "Estudios";
    languages: "Languages", "Langues", "Idiomas";
    funding: "Scholarship or sponsor", "Bourse ou parrainage", "Beca o patrocinio";
    wishes: "Where you want to work", "Où vous souhaitez travailler", "Dónde desea trabajar";
    dates: "Dates and length", "Dates et durée", "Fechas y duración";
    experience: "Experience", "Expérience", "Experiencia";
    letter: "Cover letter", "Lettre de motivation", "Carta de presentación";
    documents: "Documents", "Documents", "Documentos";
});

texts!(Words {
    name: "Name", "Nom", "Nombre";
    born: "Date of birth", "Date de naissance", "Fecha de nacimiento";
    nationality: "Nationality", "Nationalité", "Nacionalidad";
    stateless: "None (stateless)", "Aucune (apatride)", "Ninguna (apátrida)";
    residence: "Lives in", "Vit en", "Vive en";
    phone: "Phone", "Téléphone", "Teléfono";
    awarded(day): "Awarded on {day}", "Obtenu le {day}", "Obtenido el {day}";
    expected(day): "Expected on {day}", "Prévu le {day}", "Previsto para el {day}";
    final_year(day): "Final academic year from {day}", "Dernière année universitaire à partir du {day}", "Último año académico desde el {day}";
    from_to(from, to): "{from} to {to}", "du {from} au {to}", "del {from} al {to}";
    since(from): "Since {from}", "Depuis le {from}", "Desde el {from}";
    mother_tongue: "Mother tongue", "Langue maternelle", "Lengua materna";
    levels(l, r, s, w): "Listening {l}, reading {r}, speaking {s}, writing {w}",
        "Compréhension orale {l}, lecture {r}, expression orale {s}, écriture {w}",
        "Comprensión oral {l}, lectura {r}, expresión oral {s}, escritura {w}";
    scholarship: "Scholarship", "Bourse", "Beca";
    compulsory: "Internship required by the degree", "Stage exigé par le diplôme", "Pasantía exigida por la carrera";
    sponsor: "Sponsor", "Parrainage", "Patrocinio";
    letter_covers(from, to): "Letter covers {from} to {to}", "La lettre couvre du {from} au {to}", "La carta cubre del {from} al {to}";
    none: "None", "Non", "No";
    yes: "Yes", "Oui", "Sí";
    no: "No", "Non", "No";
    areas: "Areas of work", "Domaines de travail", "Áreas de trabajo";
    places: "Duty stations, in order of preference", "Lieux d’affectation, par ordre de préférence", "Lugares de destino, por orden de preferencia";
    opening: "Opening named", "Annonce mentionnée", "Vacante mencionada";
    anywhere: "Any duty station", "N’importe quel lieu d’affectation", "Cualquier lugar de destino";
    start: "First day", "Premier jour", "Primer día";
    end: "Last day", "Dernier jour", "Último día";
    cv: "CV", "CV", "CV";
    study_proof: "Proof of enrolment or degree", "Attestation d’inscription ou diplôme", "Certificado de matrícula o título";
    sponsor_letter: "Letter from your sponsor", "Lettre de bourse ou de parrainage", "Carta de beca o patrocinio";
    university_letter: "Letter from your university", "Lettre de votre université", "Carta de su universidad";
    secondary: "Secondary school", "Enseignement secondaire", "Enseñanza secundaria";
    short_cycle: "Short-cycle diploma", "Diplôme de cycle court", "Diploma de ciclo corto";
    certificate: "Certificate", "Certificat", "Certificado";
    bachelor: "Bachelor’s degree or equivalent", "Licence ou équivalent", "Grado o equivalente";
    master: "Master’s degree", "Master", "Máster";
    doctorate: "Doctorate", "Doctorat", "Doctorado";
    governmental: "Government body", "Organisme public", "Organismo gubernamental";
    non_governmental: "Non-governmental organisation", "Organisation non gouvernementale", "Organización no gubernamental";
    academic: "University or research institution", "Université ou institution de recherche", "Universidad o institución de investigación";
    private: "Private company", "Entreprise privée", "Empresa privada";
});
