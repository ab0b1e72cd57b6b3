//! Stages and parts by their names.

use super::chart::Table;
use super::figures::{Figures, Part, SPLIT_STAGES};
use crate::domain::eligibility::Track;
use crate::domain::report::Stage;
use crate::explain::eligibility::track_name;
use crate::explain::opening::language_name;
use crate::text::{Lang, texts};
use std::collections::HashMap;

pub fn stage(stage: Stage, lang: Lang) -> String {
    let t = Text(lang);
    match stage {
        Stage::Released => t.released(),
        Stage::Claimed => t.claimed(),
        Stage::Pooled => t.pooled(),
        Stage::Proposed => t.proposed(),
        Stage::Offered => t.offered(),
        Stage::Accepted => t.accepted(),
        Stage::Started => t.started(),
        Stage::Completed => t.completed(),
        Stage::Declined => t.declined(),
        Stage::Withdrawn => t.withdrawn(),
        Stage::Expired => t.expired(),
    }
}

/// The name of a breakdown, and of its first column.
pub fn split(code: &str, lang: Lang) -> (String, String) {
    let t = Text(lang);
    match code {
        "office" => (t.by_office(), t.office()),
        "track" => (t.by_track(), t.track()),
        _ => (t.by_language(), t.language()),
    }
}

/// `offices`: the names of duty stations in `lang`.
pub fn part(split: &str, code: &str, offices: &HashMap<String, String>, lang: Lang) -> String {
    match split {
        "office" => offices.get(code).cloned().unwrap_or_else(|| code.to_owned()),
        "track" => Track::from_code(code).map_or_else(|| code.to_owned(), |track| track_name(track, lang)),
        _ => language_name(code, lang),
    }
}

/// A number of a breakdown, or the sign that it is kept back.
pub fn kept(number: Option<i64>, lang: Lang) -> String {
    number.map_or_else(|| "–".to_owned(), |n| lang.number(n))
}

pub fn stages_table(figures: &Figures, lang: Lang) -> Table {
    let row = |month: &chrono::NaiveDate| {
        let numbers = Stage::ALL.map(|stage| lang.number(figures.count(*month, stage)));
        (lang.month_year(*month), numbers.into())
    };
    let t = Text(lang);
    Table {
        caption: t.stages(),
        heads: std::iter::once(t.month()).chain(Stage::ALL.map(|s| stage(s, lang))).collect(),
        rows: figures.months.iter().map(row).collect(),
    }
}

pub fn parts_table(code: &str, parts: &[Part], offices: &HashMap<String, String>, lang: Lang) -> Table {
    let (caption, first) = split(code, lang);
    let row = |one: &Part| {
        (part(code, &one.code, offices, lang), one.numbers.map(|number| kept(number, lang)).into())
    };
    Table {
        caption,
        heads: std::iter::once(first).chain(SPLIT_STAGES.map(|s| stage(s, lang))).collect(),
        rows: parts.iter().map(row).collect(),
    }
}

texts!(Text {
    stages: "Stages by month", "Étapes par mois", "Etapas por mes";
    month: "Month", "Mois", "Mes";
    released: "Released", "Transmis", "Enviados";
    claimed: "Opened by a reviewer", "Ouverts pour examen", "Abiertos para revisión";
    pooled: "In the pool", "Dans le vivier", "En la bolsa";
    proposed: "Proposed", "Proposés", "Propuestos";
    offered: "Offered", "Offre faite", "Con oferta";
    accepted: "Accepted", "Acceptés", "Aceptados";
    started: "Started", "Commencés", "Iniciados";
    completed: "Completed", "Terminés", "Completados";
    declined: "Not selected", "Non retenus", "No seleccionados";
    withdrawn: "Taken back", "Repris", "Retirados";
    expired: "Expired", "Expirés", "Caducados";
    by_office: "By duty station", "Par lieu d’affectation", "Por lugar de destino";
    office: "Duty station", "Lieu d’affectation", "Lugar de destino";
    by_track: "By way to qualify", "Par voie d’admissibilité", "Por vía de admisibilidad";
    track: "Qualifies by", "Admissible par", "Cumple por";
    by_language: "By language at work level", "Par langue à un niveau de travail", "Por idioma a nivel de trabajo";
    language: "Language", "Langue", "Idioma";
});
