//! The areas of work an internship can be in; a candidate wishes for some, a placement is in one.

use crate::text::Lang;

/// An area of work in the internship programme.
#[derive(Debug, PartialEq, Eq)]
pub struct Area {
    /// What the database keeps, such as `migration_law`; it stays when the words change.
    pub code: &'static str,
    names: [&'static str; 3],
}

impl Area {
    /// The name as `lang` writes it, with a capital, ready for a list.
    pub fn name(&self, lang: Lang) -> &'static str {
        super::in_lang(self.names, lang)
    }
}

/// The area with this code; `None` if there is none.
pub fn area(code: &str) -> Option<&'static Area> {
    let place = AREAS.binary_search_by_key(&code, |area| area.code).ok()?;
    AREAS.get(place)
}

/// All areas in the alphabetical order of `lang`.
pub fn sorted(lang: Lang) -> Vec<&'static Area> {
    super::alphabetical(&AREAS, |area| area.name(lang))
}

const fn row(code: &'static str, names: [&'static str; 3]) -> Area {
    Area { code, names }
}

/// Sorted by code, which `area` relies on. English, French, Spanish.
pub static AREAS: [Area; 16] = [
    row("communication", ["Communication and media", "Communication et médias", "Comunicación y medios"]),
    row("counter_trafficking", ["Counter-trafficking", "Lutte contre la traite", "Lucha contra la trata"]),
    row("data", ["Data and research", "Données et recherche", "Datos e investigación"]),
    row("emergency", ["Emergency and operations", "Urgences et opérations", "Emergencias y operaciones"]),
    row("environment", ["Environment and climate", "Environnement et climat", "Medio ambiente y clima"]),
    row("finance", ["Finance", "Finances", "Finanzas"]),
    row("health", ["Health", "Santé", "Salud"]),
    row("human_resources", ["Human Resources", "Ressources humaines", "Recursos Humanos"]),
    row(
        "information_technology",
        ["Information technology", "Technologies de l’information", "Tecnologías de la información"],
    ),
    row("labour_mobility", ["Labour mobility", "Mobilité de la main-d’œuvre", "Movilidad laboral"]),
    row("migration_law", ["Migration and law", "Migrations et droit", "Migración y derecho"]),
    row("procurement", ["Procurement and logistics", "Achats et logistique", "Compras y logística"]),
    row(
        "programme_management",
        [
            "Programme and project management",
            "Gestion de programmes et de projets",
            "Gestión de programas y proyectos",
        ],
    ),
    row("protection", ["Protection", "Protection", "Protección"]),
    row("reintegration", ["Reintegration", "Réintégration", "Reintegración"]),
    row("resettlement", ["Resettlement", "Réinstallation", "Reasentamiento"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_found_by_its_code() {
        for (code, [en, fr, es]) in [
            (
                "communication",
                ["Communication and media", "Communication et médias", "Comunicación y medios"],
            ),
            ("health", ["Health", "Santé", "Salud"]),
            ("resettlement", ["Resettlement", "Réinstallation", "Reasentamiento"]),
        ] {
            let found = area(code).unwrap();
            assert_eq!(Lang::ALL.map(|lang| found.name(lang)), [en, fr, es], "{code}");
        }
        assert_eq!(area("Health"), None);
        assert_eq!(area(""), None);
    }

    #[test]
    fn codes_are_unique_and_sorted() {
        assert!(AREAS.is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn every_area_has_a_name_of_its_own_in_every_language() {
        for lang in Lang::ALL {
            let names: Vec<_> = sorted(lang).into_iter().map(|area| area.name(lang)).collect();
            assert_eq!(names.len(), AREAS.len());
            assert!(names.iter().all(|name| !name.is_empty()));
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two areas with one name in {lang:?}");
        }
    }

    #[test]
    fn the_order_is_the_readers() {
        let codes = |lang| sorted(lang).into_iter().map(|area| area.code).collect::<Vec<_>>();
        assert_eq!(codes(Lang::En)[..3], ["communication", "counter_trafficking", "data"]);
        assert_eq!(codes(Lang::Fr)[..3], ["procurement", "communication", "data"]);
        assert_eq!(codes(Lang::Es)[..3], ["procurement", "communication", "data"]);
    }
}
