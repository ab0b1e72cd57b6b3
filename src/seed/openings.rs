//! A few openings, so that whoever tries the product out finds the page of openings lived in.

use crate::db::Note;
use crate::domain::profile::search_key;
use crate::offices;
use crate::reference::areas;
use crate::system::System;
use crate::text::Lang;
use anyhow::Context;
use chrono::{Datelike, Days};
use uuid::Uuid;

struct Sample {
    office: &'static str,
    area: &'static str,
    languages: &'static [&'static str],
    /// The first day is so many days away.
    days_ahead: u64,
    months: i16,
    places: i16,
    /// Title and description: English, French, Spanish.
    words: [[&'static str; 2]; 3],
}

static SAMPLES: [Sample; 3] = [
    Sample {
        office: "geneva",
        area: "data",
        languages: &["en"],
        days_ahead: 75,
        months: 6,
        places: 2,
        words: [
            [
                "Maps and figures for emergency reports",
                "You clean survey data from field missions, draw maps and charts, and write the short texts beside \
                 them. Somebody who has done it for ten years sits at the next desk.",
            ],
            [
                "Cartes et chiffres pour les rapports d’urgence",
                "Vous préparez les données d’enquête des missions de terrain, dessinez cartes et graphiques et rédigez \
                 les textes courts qui les accompagnent. Une personne qui le fait depuis dix ans est à vos côtés.",
            ],
            [
                "Mapas y cifras para los informes de emergencia",
                "Prepara los datos de encuestas de las misiones, dibuja mapas y gráficos y redacta los textos breves \
                 que los acompañan. A su lado trabaja alguien que lo hace desde hace diez años.",
            ],
        ],
    },
    Sample {
        office: "nairobi",
        area: "protection",
        languages: &["en", "fr"],
        days_ahead: 60,
        months: 4,
        places: 1,
        words: [
            [
                "Helping at the desk for families on the move",
                "You receive families with a caseworker, keep their files in order and follow up by telephone. The \
                 office is near the city centre; one week a month is in the field.",
            ],
            [
                "Accueil des familles en déplacement",
                "Vous recevez les familles avec une personne chargée de leur dossier, tenez les dossiers à jour et \
                 assurez le suivi par téléphone. Le bureau est proche du centre ; une semaine par mois sur le terrain.",
            ],
            [
                "Acogida de familias en movimiento",
                "Recibe a las familias con la persona encargada de su caso, mantiene los expedientes en orden y hace \
                 el seguimiento por teléfono. La oficina está cerca del centro; una semana al mes, sobre el terreno.",
            ],
        ],
    },
    Sample {
        office: "bogota",
        area: "communication",
        languages: &["es"],
        days_ahead: 100,
        months: 3,
        places: 1,
        words: [
            [
                "Stories from the border, told by those who crossed it",
                "You record interviews, edit sound and write for radio and social media, always with the consent of \
                 those who speak.",
            ],
            [
                "Récits de la frontière, par celles et ceux qui l’ont franchie",
                "Vous enregistrez des entretiens, montez le son et écrivez pour la radio et les réseaux sociaux, \
                 toujours avec l’accord des personnes qui parlent.",
            ],
            [
                "Relatos de la frontera, contados por quienes la cruzaron",
                "Graba entrevistas, edita el sonido y escribe para la radio y las redes sociales, siempre con el \
                 consentimiento de quienes hablan.",
            ],
        ],
    },
];

/// Publishes them in the name of the first reviewer.
///
/// # Errors
/// If there is no reviewer, or the database refuses.
pub async fn announce(system: &System) -> anyhow::Result<()> {
    let mut tx = system.begin().await?;
    let (now, today) = (tx.now(), tx.today());
    let author = sqlx::query_scalar!(
        "select person_id from person_role where role = 'hr_reviewer' order by person_id limit 1"
    );
    let author = author.fetch_optional(&mut *tx).await?.context("nobody reviews profiles here")?;
    let places = offices::all(&mut tx, Some(today)).await?;
    let mut done = None;
    for it in &SAMPLES {
        let id = Uuid::now_v7();
        let [en, fr, es] = it.words;
        let names = Lang::ALL.map(|lang| {
            let place = places.iter().find(|office| office.id == it.office).map_or("", |it| it.name(lang));
            [place, areas::area(it.area).map_or("", |area| area.name(lang))]
        });
        sqlx::query!(
            "insert into opening (id, reference, office_id, area, languages, starts_on, months, places, title_en,
                 description_en, title_fr, description_fr, title_es, description_es, search_key, created_by, edited_at,
                 version, action, came_from, state, state_since)
             values ($1, 'OP-' || $2::text || '-' || lpad(nextval('opening_number')::text, 4, '0'), $3, $4, $5, $6, $7,
                 $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, 'draft', 'new', 'draft', $17)",
            id,
            today.year().to_string(),
            it.office,
            it.area,
            it.languages as &[&str],
            today + Days::new(it.days_ahead),
            it.months,
            it.places,
            en[0],
            en[1],
            fr[0],
            fr[1],
            es[0],
            es[1],
            search_key(&[names.as_flattened(), it.words.as_flattened()].concat()),
            author,
            now
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "update opening set version = 2, action = 'publish', state = 'published', state_since = $2,
                 published_at = $2 where id = $1",
            id,
            now
        )
        .execute(&mut *tx)
        .await?;
        let noted = tx.note(Note::OpeningPublished, id, &[]).await?;
        done = Some(match done {
            Some(done) => noted.and(done),
            None => noted,
        });
    }
    match done {
        Some(done) => Ok(tx.commit(done).await?),
        None => Ok(()),
    }
}
