//! The letter of offer on paper: what was offered, in the candidate's language, the same for both sides.

use crate::domain::profile::Funding;
use crate::domain::step::Approval;
use crate::domain::terms::Stay;
use crate::explain::terms::{Line, Months, Stated};
use crate::pdf::{self, Block, Document, Level, Row, Tone};
use crate::reference::areas;
use crate::text::{Lang, texts};
use crate::web::{Error, Result, download};
use crate::{explain, offices, policies, waivers};
use axum::response::Response;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// What the letter says.
pub struct Letter {
    lang: Lang,
    reference: String,
    name: String,
    place: String,
    area: String,
    supervisor: String,
    offered_by: String,
    made_on: NaiveDate,
    answer_by: NaiveDate,
    terms: Vec<Line>,
    months: Option<Months>,
    work: Approval,
}

/// The letter of an offer; whether the reader may have it is decided before.
///
/// # Errors
/// [`Error::NotFound`] if no offer was made.
pub async fn read(connection: &mut PgConnection, placement: Uuid) -> Result<Letter> {
    let row = sqlx::query!(
        r#"select p.reference, p.office_id, p.area, coalesce(o.starts_on, p.starts_on) as "starts_on!", o.terms,
               o.made_on, o.answer_by, a.name, c.lang, s.profile #>> '{funding,scholarship}' as scholarship,
               p.terms_of_reference as "terms_of_reference!", p.tasks as "tasks!",
               p.learning_goals as "learning_goals!",
               trim(v.given_names || ' ' || v.family_names) as "supervisor!",
               trim(h.given_names || ' ' || h.family_names) as "offered_by!"
           from offer o join placement p on p.id = o.placement_id
           join application a on a.id = p.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           join person c on c.id = a.candidate_id
           join person v on v.id = p.supervisor_id
           join person h on h.id = o.made_by
           where o.placement_id = $1 and c.erased_at is null"#,
        placement
    )
    .fetch_one(&mut *connection)
    .await?;
    let lang = Lang::from_code(&row.lang).unwrap_or_default();
    let stated: Stated = serde_json::from_value(row.terms)?;
    let stay = Stay { start: row.starts_on, end: stated.terms.end };
    let policy = policies::at(connection, row.made_on, &row.office_id).await?.terms;
    let place = offices::names(connection, lang).await?.remove(&row.office_id).unwrap_or(row.office_id);
    let funding = Funding { scholarship: row.scholarship, compulsory: false, sponsor: None };
    let mut terms = explain::terms::lines(&stated, stay, &policy, &funding, &place, lang);
    let waiver = waivers::last(connection, placement).await?;
    terms.extend(waiver.and_then(|waiver| waiver.line_for_candidate(lang)));
    terms.push(explain::terms::notice(lang));
    Ok(Letter {
        lang,
        reference: row.reference,
        name: row.name,
        place,
        area: areas::area(&row.area).map_or(row.area.as_str(), |area| area.name(lang)).to_owned(),
        supervisor: row.supervisor,
        offered_by: row.offered_by,
        made_on: row.made_on,
        answer_by: row.answer_by,
        terms,
        months: explain::terms::months(&stated, lang),
        work: Approval {
            terms_of_reference: row.terms_of_reference,
            tasks: row.tasks,
            learning_goals: row.learning_goals,
        },
    })
}

impl Letter {
    /// As a download.
    ///
    /// # Errors
    /// If it cannot be typeset, which is a fault of ours.
    pub async fn print(self) -> Result<Response> {
        let name = format!("{} {}.pdf", Text(self.lang).file(), self.reference);
        let paper = pdf::print(self.paper()).await.map_err(std::io::Error::other).map_err(Error::from)?;
        Ok(download::made(paper, "application/pdf", &name))
    }

    fn paper(self) -> Document {
        let (t, lang) = (Text(self.lang), self.lang);
        let row = |label: String, line: String| Row { label, lines: vec![(Tone::Plain, line)] };
        let mut blocks = vec![
            Block::Heading(Level::Title, t.title()),
            Block::Paragraph(Tone::Soft, t.reference(&self.reference, lang.date(self.made_on))),
            Block::Rule,
            Block::Paragraph(Tone::Name, self.name.clone()),
            Block::Paragraph(Tone::Plain, t.offers(&self.place)),
            Block::Rows(vec![
                row(t.station(), self.place),
                row(t.supervisor(), self.supervisor),
                row(t.area(), self.area),
                row(t.answer(), t.by_the_end_of(lang.weekday_date(self.answer_by))),
            ]),
            Block::Heading(Level::Section, t.terms()),
            Block::Rows(self.terms.into_iter().map(term).collect()),
        ];
        if let Some(months) = self.months {
            let mut rows: Vec<Row> = Vec::with_capacity(months.rows.len() + 1);
            rows.extend(months.rows.into_iter().map(|m| row(m.month, t.month(m.amount, m.thirtieths))));
            rows.push(Row { label: months.in_all, lines: vec![(Tone::Strong, months.total)] });
            blocks.extend([
                Block::Heading(Level::Section, t.months()),
                Block::Paragraph(Tone::Soft, t.thirtieths()),
                Block::Rows(rows),
            ]);
        }
        let work = explain::placement::writing(&self.work, lang).into_iter().map(|part| Row {
            label: part.label,
            lines: part.lines.into_iter().map(|line| (Tone::Plain, line)).collect(),
        });
        blocks.extend([
            Block::Heading(Level::Section, t.work()),
            Block::Rows(work.collect()),
            Block::Rule,
            Block::Paragraph(Tone::Plain, t.offered_by(self.offered_by)),
            Block::Paragraph(Tone::Soft, t.how_to_answer()),
        ]);
        Document {
            title: format!("{}, {}", t.title(), self.name),
            author: t.programme(),
            lang,
            date: self.made_on,
            foot: format!("{}, {}", t.title(), self.reference),
            blocks,
        }
    }
}

fn term(line: Line) -> Row {
    let tag = line.tag.map(|tag| (Tone::Strong, tag.word));
    let why = line.why.into_iter().map(|why| (Tone::Plain, why));
    Row { label: line.label, lines: tag.into_iter().chain(why).collect() }
}

texts!(Text {
    title: "Offer of an internship", "Offre de stage", "Oferta de pasantía";
    file: "Offer", "Offre", "Oferta";
    programme: "The internship programme", "Le programme de stages", "El programa de pasantías";
    reference(reference, day): "Reference {reference}, {day}", "Référence {reference}, {day}", "Referencia {reference}, {day}";
    offers(place): "The internship programme offers you an internship in {place}, on these terms.",
        "Le programme de stages vous offre un stage aux conditions ci-dessous. Lieu : {place}.",
        "El programa de pasantías le ofrece una pasantía con las condiciones siguientes. Lugar: {place}.";
    station: "Duty station", "Lieu d’affectation", "Lugar de destino";
    supervisor: "Supervisor", "Responsable", "Persona supervisora";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    answer: "Your answer", "Votre réponse", "Su respuesta";
    by_the_end_of(day): "By the end of {day}", "Jusqu’à la fin du {day}", "Hasta el final del {day}";
    terms: "Terms", "Conditions", "Condiciones";
    months: "The allowance, month by month", "L’allocation, mois par mois", "La asignación, mes a mes";
    month(amount, n): "{amount} ({n} thirtieths)", "{amount} ({n} trentièmes)", "{amount} ({n} treintavos)";
    thirtieths: "A whole month is thirty thirtieths; a month that you begin or leave part-way counts its days.",
        "Un mois entier compte trente trentièmes ; un mois commencé ou quitté en cours de route compte ses jours.",
        "Un mes entero son treinta treintavos; un mes que se empieza o se deja a medias cuenta sus días.";
    work: "The work", "Le travail", "El trabajo";
    offered_by(who): "Offered by {who}, Human Resources.", "Offre faite par {who}, Ressources humaines.", "Oferta hecha por {who}, Recursos Humanos.";
    how_to_answer: "Accept or refuse in your account; no signature on paper is needed. This letter does not change afterwards.",
        "Acceptez ou refusez dans votre compte ; aucune signature sur papier n’est nécessaire. Cette lettre ne change plus ensuite.",
        "Acepte o rechace en su cuenta; no hace falta firmar en papel. Esta carta ya no cambia después.";
});
