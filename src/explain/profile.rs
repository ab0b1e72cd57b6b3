//! A profile in words: the same rows for the candidate before release, and for Human Resources after it.

use super::opening;
use crate::domain::changes::Statement;
use crate::domain::eligibility::{DegreeLevel, LanguageSkills, SponsorKind, StudyState};
use crate::domain::profile::{DocumentKind, Education, Profile, Section, SponsorDetails};
use crate::reference::{areas, countries, languages};
use crate::scan::access::Access;
use crate::text::{Lang, texts};
use std::collections::HashMap;
use uuid::Uuid;

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
    let is_part = |section: &Section| !matches!(section, Section::Letter | Section::Documents);
    let mut parts: Vec<Part> = Section::ALL
        .into_iter()
        .filter(is_part)
        .map(|section| Part { section, title: title(section, reader, lang), rows: Vec::new() })
        .collect();
    for statement in profile.statements().into_iter().filter(|statement| may_read(reader, statement)) {
        if let Some(part) = parts.iter_mut().find(|part| part.section == statement.section()) {
            part.rows.push(in_words(statement, offices, reader, lang));
        }
    }
    parts
}

/// A supervisor reads nothing of birth, nationality and address.
fn may_read(reader: Reader, statement: &Statement<'_>) -> bool {
    reader != Reader::Supervisor
        || statement.section() != Section::About
        || matches!(statement, Statement::Name { .. })
}

/// One statement as a row.
pub fn in_words(
    statement: Statement<'_>,
    offices: &HashMap<String, String>,
    reader: Reader,
    lang: Lang,
) -> Row {
    let t = Words(lang);
    match statement {
        Statement::Name { given, family } => row(t.name(), format!("{given} {family}").trim()),
        Statement::Birth(day) => row(t.born(), lang.date(day)),
        Statement::Nationalities([]) => row(t.nationality(), t.stateless()),
        Statement::Nationalities(codes) => {
            let names: Vec<String> = codes.iter().map(|code| country(code, lang).to_owned()).collect();
            row(t.nationality(), lang.list(&names))
        }
        Statement::Residence(code) => row(t.residence(), country(code, lang)),
        Statement::Phone(phone) => row(t.phone(), phone),
        Statement::Study(education) => study(education, t),
        Statement::Language(skills) => language(skills, t),
        Statement::Scholarship(giver) => row(t.scholarship(), giver.map_or_else(|| t.none(), str::to_owned)),
        Statement::Compulsory(compulsory) => row(t.compulsory(), if compulsory { t.yes() } else { t.no() }),
        Statement::Sponsor(details) => sponsor(details, t),
        Statement::Areas(codes) => {
            let name = |code: &String| areas::area(code).map_or(code.clone(), |a| a.name(lang).to_owned());
            Row { label: t.areas(), lines: codes.iter().map(name).collect() }
        }
        Statement::Offices([]) => row(t.places(), t.anywhere()),
        Statement::Offices(ids) => {
            let name = |id: &String| offices.get(id).unwrap_or(id).clone();
            Row { label: t.places(), lines: ids.iter().map(name).collect() }
        }
        Statement::Opening(named) => {
            let office = offices.get(&named.office).unwrap_or(&named.office);
            let title = opening::title(named, lang).text;
            let mut lines = vec![format!("{title}, {office} ({})", named.reference)];
            lines.extend(opening::asked(named, reader, lang).into_iter().map(|asked| asked.sentence));
            Row { label: t.opening(), lines }
        }
        Statement::FirstDay(day) => row(t.start(), lang.weekday_date(day)),
        Statement::LastDay(day) => row(t.end(), lang.weekday_date(day)),
        Statement::Experience(it) => experience(it, t),
        Statement::Letter(letter) => {
            let paragraphs = letter.lines().map(str::trim).filter(|line| !line.is_empty());
            Row { label: section_name(Section::Letter, lang), lines: paragraphs.map(str::to_owned).collect() }
        }
        Statement::Document(document) => row(document_name(document.kind, lang), document.file_name.as_str()),
    }
}

/// A document as a line: its name, what it proves, its size, and where to read it.
pub struct DocumentLine {
    pub icon: &'static str,
    pub name: String,
    pub kind: String,
    pub size: String,
    pub address: String,
    pub id: Uuid,
    /// Whether this reader may open it, which the rows of the documents say and not the profile.
    pub access: Access,
    /// What there is to say of that.
    pub scan: Option<String>,
}

impl DocumentLine {
    pub fn is_photo(&self) -> bool {
        self.icon == "photo"
    }
}

/// `folder` is the address below which the documents are served to this reader, `known` what the scanner says of those
/// that are somebody else's.
pub fn document_lines(
    profile: &Profile,
    folder: &str,
    reader: Reader,
    known: &HashMap<Uuid, Access>,
    lang: Lang,
) -> Vec<DocumentLine> {
    let access = |id| known.get(&id).copied().unwrap_or(Access::Open);
    let line = |document: &crate::domain::profile::Document| DocumentLine {
        icon: if document.media_type.starts_with("image/") { "photo" } else { "file" },
        name: document.file_name.clone(),
        kind: document_name(document.kind, lang),
        size: lang.file_size(document.bytes),
        address: format!("{folder}/{}", document.id),
        id: document.id.0,
        access: access(document.id.0),
        scan: access(document.id.0).words(lang),
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

/// A language and how well it is known.
pub fn language_row(skills: &LanguageSkills, lang: Lang) -> Row {
    language(skills, Words(lang))
}

fn sponsor(details: Option<&SponsorDetails>, t: Words) -> Row {
    let Some(details) = details else { return row(t.sponsor(), t.none()) };
    let mut lines = vec![details.name.clone(), sponsor_kind(details.sponsor.kind, t.0)];
    lines.extend(details.sponsor.covers.map(|c| t.letter_covers(t.0.date(c.from), t.0.date(c.to))));
    Row { label: t.sponsor(), lines }
}

fn experience(experience: &crate::domain::profile::Experience, t: Words) -> Row {
    let period = match experience.to {
        Some(to) => t.from_to(t.0.date(experience.from), t.0.date(to)),
        None => t.since(t.0.date(experience.from)),
    };
    let title = format!("{}, {}", experience.role, experience.organisation);
    Row { label: period, lines: vec![title, experience.description.clone()] }
}

/// Its name, or the code of one we do not know.
pub fn country(code: &str, lang: Lang) -> &str {
    countries::country(code).map_or(code, |c| c.name(lang))
}

pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The name of a section, as somebody reads it who may not be the candidate.
pub fn title(section: Section, reader: Reader, lang: Lang) -> String {
    match (reader, section) {
        (Reader::HumanResources | Reader::Supervisor, Section::About) => Sections(lang).about_them(),
        (Reader::HumanResources | Reader::Supervisor, Section::Wishes) => Sections(lang).their_wishes(),
        _ => section_name(section, lang),
    }
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
