//! A CV as it stands on paper: labels, dates and names in one language, everything else as typed.

use super::Cv;
use crate::domain::eligibility::StudyState;
use crate::domain::profile::{Education, Experience};
use crate::explain::profile::{country, language_row, level_name};
use crate::pdf::{Block, Document, Level, Row, Tone};
use crate::text::{Lang, texts};
use chrono::NaiveDate;

impl Cv {
    /// The same for the page on the screen and for the PDF.
    pub fn document(&self, lang: Lang, today: NaiveDate) -> Document {
        let (t, name) = (Words(lang), self.about.full_name());
        let contact = [self.email.as_str(), self.about.phone.as_str(), country(&self.about.residence, lang)];
        let contact: Vec<&str> = contact.into_iter().filter(|part| !part.is_empty()).collect();
        let mut blocks = vec![
            Block::Heading(Level::Title, name.clone()),
            Block::Paragraph(Tone::Soft, contact.join("  ·  ")),
            Block::Rule,
        ];
        let mut section = |title: String, rows: Vec<Row>| {
            if !rows.is_empty() {
                blocks.extend([Block::Heading(Level::Section, title), Block::Rows(rows)]);
            }
        };
        let mut studies: Vec<&Education> = self.education.iter().collect();
        studies.sort_by_key(|e| std::cmp::Reverse(e.study.awarded_on.or(e.study.ends_on)));
        section(t.education(), studies.into_iter().map(|e| study(e, t)).collect());
        let mut jobs: Vec<&Experience> = self.experience.iter().collect();
        jobs.sort_by_key(|job| std::cmp::Reverse((job.to.unwrap_or(NaiveDate::MAX), job.from)));
        section(t.experience(), jobs.into_iter().map(|job| experience(job, t)).collect());
        let skills = self.languages.iter().map(|skills| language_row(skills, lang)).map(|row| Row {
            label: row.label,
            lines: row.lines.into_iter().map(|line| (Tone::Plain, line)).collect(),
        });
        section(t.languages(), skills.collect());
        Document { title: t.title(&name), author: name.clone(), lang, date: today, foot: name, blocks }
    }

    pub fn file_name(&self) -> String {
        let name: String = self.about.full_name().chars().filter(|c| !c.is_control() && *c != '/').collect();
        let name: String = name.chars().take(180).collect();
        format!("CV {}.pdf", name.trim())
    }
}

fn study(education: &Education, t: Words) -> Row {
    let (study, lang) = (&education.study, t.0);
    let month = |day: NaiveDate| month(day, lang);
    let label = match (study.state, study.started_on, study.ends_on, study.awarded_on) {
        (StudyState::Awarded, _, _, Some(day)) => month(day),
        (_, Some(from), Some(to), _) => format!("{}\u{a0}– {}", month(from), month(to)),
        (_, Some(from), None, _) => t.since(month(from)),
        (_, None, Some(to), _) => t.until(month(to)),
        _ => String::new(),
    };
    let place = format!("{}, {}", education.institution, country(&education.country, lang));
    let lines = vec![
        (Tone::Strong, education.subject.clone()),
        (Tone::Soft, place),
        (Tone::Soft, level_name(study.level, lang)),
    ];
    Row { label, lines }
}

/// A month and its year stay on one line.
fn month(day: NaiveDate, lang: Lang) -> String {
    lang.month_year(day).replace(' ', "\u{a0}")
}

fn experience(job: &Experience, t: Words) -> Row {
    let from = month(job.from, t.0);
    let label = match job.to {
        Some(to) => format!("{from}\u{a0}– {}", month(to, t.0)),
        None => t.since(from),
    };
    let lines = vec![
        (Tone::Strong, job.role.clone()),
        (Tone::Soft, job.organisation.clone()),
        (Tone::Plain, job.description.clone()),
    ];
    Row { label, lines }
}

texts!(Words {
    title(name): "CV of {name}", "CV de {name}", "Currículum de {name}";
    education: "Education", "Formation", "Formación";
    experience: "Experience", "Expérience", "Experiencia";
    languages: "Languages", "Langues", "Idiomas";
    since(month): "Since {month}", "Depuis {month}", "Desde {month}";
    until(month): "Until {month}", "Jusqu’à {month}", "Hasta {month}";
});
