//! The countries and territories of ISO 3166-1, named in the reader's language.
//!
//! Names are those of Unicode CLDR 47, read through Babel 2.18.0 (© Unicode, Inc., Unicode License v3).
//! To make the table again, write a row from Babel's `Locale(lang).territories` in en, fr and es for each
//! ISO 3166-1 code, with these short names: in English `and` for `&` and `Saint` for `St.`; Hong Kong, Macao,
//! Myanmar and Palestine without addition; the two Congos by their own names, not by their capitals.

use crate::text::Lang;

/// A country or territory; the same list serves nationality, residence and the place of a university.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2, such as `KE`.
    pub code: &'static str,
    names: [&'static str; 3],
}

impl Country {
    /// The short name, as `lang` writes it.
    pub fn name(&self, lang: Lang) -> &'static str {
        super::in_lang(self.names, lang)
    }
}

/// The country with this ISO 3166-1 alpha-2 code in capitals; `None` if there is none.
pub fn country(code: &str) -> Option<&'static Country> {
    let place = COUNTRIES.binary_search_by_key(&code, |country| country.code).ok()?;
    COUNTRIES.get(place)
}

/// All countries in the alphabetical order of `lang`.
pub fn sorted(lang: Lang) -> Vec<&'static Country> {
    super::alphabetical(&COUNTRIES, |country| country.name(lang))
}

const fn row(code: &'static str, names: [&'static str; 3]) -> Country {
    Country { code, names }
}

/// Sorted by code, which `country` relies on. English, French, Spanish.
pub static COUNTRIES: [Country; 249] = [
    row("AD", ["Andorra", "Andorre", "Andorra"]),
    row("AE", ["United Arab Emirates", "Émirats arabes unis", "Emiratos Árabes Unidos"]),
    row("AF", ["Afghanistan", "Afghanistan", "Afganistán"]),
    row("AG", ["Antigua and Barbuda", "Antigua-et-Barbuda", "Antigua y Barbuda"]),
    row("AI", ["Anguilla", "Anguilla", "Anguila"]),
    row("AL", ["Albania", "Albanie", "Albania"]),
    row("AM", ["Armenia", "Arménie", "Armenia"]),
    row("AO", ["Angola", "Angola", "Angola"]),
    row("AQ", ["Antarctica", "Antarctique", "Antártida"]),
    row("AR", ["Argentina", "Argentine", "Argentina"]),
    row("AS", ["American Samoa", "Samoa américaines", "Samoa Americana"]),
    row("AT", ["Austria", "Autriche", "Austria"]),
    row("AU", ["Australia", "Australie", "Australia"]),
    row("AW", ["Aruba", "Aruba", "Aruba"]),
    row("AX", ["Åland Islands", "Îles Åland", "Islas Aland"]),
    row("AZ", ["Azerbaijan", "Azerbaïdjan", "Azerbaiyán"]),
    row("BA", ["Bosnia and Herzegovina", "Bosnie-Herzégovine", "Bosnia y Herzegovina"]),
    row("BB", ["Barbados", "Barbade", "Barbados"]),
    row("BD", ["Bangladesh", "Bangladesh", "Bangladés"]),
    row("BE", ["Belgium", "Belgique", "Bélgica"]),
    row("BF", ["Burkina Faso", "Burkina Faso", "Burkina Faso"]),
    row("BG", ["Bulgaria", "Bulgarie", "Bulgaria"]),
    row("BH", ["Bahrain", "Bahreïn", "Baréin"]),
    row("BI", ["Burundi", "Burundi", "Burundi"]),
    row("BJ", ["Benin", "Bénin", "Benín"]),
    row("BL", ["Saint Barthélemy", "Saint-Barthélemy", "San Bartolomé"]),
    row("BM", ["Bermuda", "Bermudes", "Bermudas"]),
    row("BN", ["Brunei", "Brunei", "Brunéi"]),
    row("BO", ["Bolivia", "Bolivie", "Bolivia"]),
    row("BQ", ["Caribbean Netherlands", "Pays-Bas caribéens", "Caribe neerlandés"]),
    row("BR", ["Brazil", "Brésil", "Brasil"]),
    row("BS", ["Bahamas", "Bahamas", "Bahamas"]),
    row("BT", ["Bhutan", "Bhoutan", "Bután"]),
    row("BV", ["Bouvet Island", "Île Bouvet", "Isla Bouvet"]),
    row("BW", ["Botswana", "Botswana", "Botsuana"]),
    row("BY", ["Belarus", "Biélorussie", "Bielorrusia"]),
    row("BZ", ["Belize", "Belize", "Belice"]),
    row("CA", ["Canada", "Canada", "Canadá"]),
    row("CC", ["Cocos (Keeling) Islands", "Îles Cocos", "Islas Cocos"]),
    row(
        "CD",
        [
            "Democratic Republic of the Congo",
            "République démocratique du Congo",
            "República Democrática del Congo",
        ],
    ),
    row("CF", ["Central African Republic", "République centrafricaine", "República Centroafricana"]),
    row("CG", ["Congo", "Congo", "Congo"]),
    row("CH", ["Switzerland", "Suisse", "Suiza"]),
    row("CI", ["Côte d’Ivoire", "Côte d’Ivoire", "Côte d’Ivoire"]),
    row("CK", ["Cook Islands", "Îles Cook", "Islas Cook"]),
    row("CL", ["Chile", "Chili", "Chile"]),
    row("CM", ["Cameroon", "Cameroun", "Camerún"]),
    row("CN", ["China", "Chine", "China"]),
    row("CO", ["Colombia", "Colombie", "Colombia"]),
    row("CR", ["Costa Rica", "Costa Rica", "Costa Rica"]),
    row("CU", ["Cuba", "Cuba", "Cuba"]),
    row("CV", ["Cape Verde", "Cap-Vert", "Cabo Verde"]),
    row("CW", ["Curaçao", "Curaçao", "Curazao"]),
    row("CX", ["Christmas Island", "Île Christmas", "Isla de Navidad"]),
    row("CY", ["Cyprus", "Chypre", "Chipre"]),
    row("CZ", ["Czechia", "Tchéquie", "Chequia"]),
    row("DE", ["Germany", "Allemagne", "Alemania"]),
    row("DJ", ["Djibouti", "Djibouti", "Yibuti"]),
    row("DK", ["Denmark", "Danemark", "Dinamarca"]),
    row("DM", ["Dominica", "Dominique", "Dominica"]),
    row("DO", ["Dominican Republic", "République dominicaine", "República Dominicana"]),
    row("DZ", ["Algeria", "Algérie", "Argelia"]),
    row("EC", ["Ecuador", "Équateur", "Ecuador"]),
    row("EE", ["Estonia", "Estonie", "Estonia"]),
    row("EG", ["Egypt", "Égypte", "Egipto"]),
    row("EH", ["Western Sahara", "Sahara occidental", "Sáhara Occidental"]),
    row("ER", ["Eritrea", "Érythrée", "Eritrea"]),
    row("ES", ["Spain", "Espagne", "España"]),
    row("ET", ["Ethiopia", "Éthiopie", "Etiopía"]),
    row("FI", ["Finland", "Finlande", "Finlandia"]),
    row("FJ", ["Fiji", "Fidji", "Fiyi"]),
    row("FK", ["Falkland Islands", "Îles Malouines", "Islas Malvinas"]),
    row("FM", ["Micronesia", "Micronésie", "Micronesia"]),
    row("FO", ["Faroe Islands", "Îles Féroé", "Islas Feroe"]),
    row("FR", ["France", "France", "Francia"]),
    row("GA", ["Gabon", "Gabon", "Gabón"]),
    row("GB", ["United Kingdom", "Royaume-Uni", "Reino Unido"]),
    row("GD", ["Grenada", "Grenade", "Granada"]),
    row("GE", ["Georgia", "Géorgie", "Georgia"]),
    row("GF", ["French Guiana", "Guyane française", "Guayana Francesa"]),
    row("GG", ["Guernsey", "Guernesey", "Guernesey"]),
    row("GH", ["Ghana", "Ghana", "Ghana"]),
    row("GI", ["Gibraltar", "Gibraltar", "Gibraltar"]),
    row("GL", ["Greenland", "Groenland", "Groenlandia"]),
    row("GM", ["Gambia", "Gambie", "Gambia"]),
    row("GN", ["Guinea", "Guinée", "Guinea"]),
    row("GP", ["Guadeloupe", "Guadeloupe", "Guadalupe"]),
    row("GQ", ["Equatorial Guinea", "Guinée équatoriale", "Guinea Ecuatorial"]),
    row("GR", ["Greece", "Grèce", "Grecia"]),
    row(
        "GS",
        [
            "South Georgia and South Sandwich Islands",
            "Géorgie du Sud-et-les Îles Sandwich du Sud",
            "Islas Georgia del Sur y Sandwich del Sur",
        ],
    ),
    row("GT", ["Guatemala", "Guatemala", "Guatemala"]),
    row("GU", ["Guam", "Guam", "Guam"]),
    row("GW", ["Guinea-Bissau", "Guinée-Bissau", "Guinea-Bisáu"]),
    row("GY", ["Guyana", "Guyana", "Guyana"]),
    row("HK", ["Hong Kong", "Hong Kong", "Hong Kong"]),
    row("HM", ["Heard and McDonald Islands", "Îles Heard-et-MacDonald", "Islas Heard y McDonald"]),
    row("HN", ["Honduras", "Honduras", "Honduras"]),
    row("HR", ["Croatia", "Croatie", "Croacia"]),
    row("HT", ["Haiti", "Haïti", "Haití"]),
    row("HU", ["Hungary", "Hongrie", "Hungría"]),
    row("ID", ["Indonesia", "Indonésie", "Indonesia"]),
    row("IE", ["Ireland", "Irlande", "Irlanda"]),
    row("IL", ["Israel", "Israël", "Israel"]),
    row("IM", ["Isle of Man", "Île de Man", "Isla de Man"]),
    row("IN", ["India", "Inde", "India"]),
    row(
        "IO",
        [
            "British Indian Ocean Territory",
            "Territoire britannique de l’océan Indien",
            "Territorio Británico del Océano Índico",
        ],
    ),
    row("IQ", ["Iraq", "Irak", "Irak"]),
    row("IR", ["Iran", "Iran", "Irán"]),
    row("IS", ["Iceland", "Islande", "Islandia"]),
    row("IT", ["Italy", "Italie", "Italia"]),
    row("JE", ["Jersey", "Jersey", "Jersey"]),
    row("JM", ["Jamaica", "Jamaïque", "Jamaica"]),
    row("JO", ["Jordan", "Jordanie", "Jordania"]),
    row("JP", ["Japan", "Japon", "Japón"]),
    row("KE", ["Kenya", "Kenya", "Kenia"]),
    row("KG", ["Kyrgyzstan", "Kirghizstan", "Kirguistán"]),
    row("KH", ["Cambodia", "Cambodge", "Camboya"]),
    row("KI", ["Kiribati", "Kiribati", "Kiribati"]),
    row("KM", ["Comoros", "Comores", "Comoras"]),
    row("KN", ["Saint Kitts and Nevis", "Saint-Christophe-et-Niévès", "San Cristóbal y Nieves"]),
    row("KP", ["North Korea", "Corée du Nord", "Corea del Norte"]),
    row("KR", ["South Korea", "Corée du Sud", "Corea del Sur"]),
    row("KW", ["Kuwait", "Koweït", "Kuwait"]),
    row("KY", ["Cayman Islands", "Îles Caïmans", "Islas Caimán"]),
    row("KZ", ["Kazakhstan", "Kazakhstan", "Kazajistán"]),
    row("LA", ["Laos", "Laos", "Laos"]),
    row("LB", ["Lebanon", "Liban", "Líbano"]),
    row("LC", ["Saint Lucia", "Sainte-Lucie", "Santa Lucía"]),
    row("LI", ["Liechtenstein", "Liechtenstein", "Liechtenstein"]),
    row("LK", ["Sri Lanka", "Sri Lanka", "Sri Lanka"]),
    row("LR", ["Liberia", "Liberia", "Liberia"]),
    row("LS", ["Lesotho", "Lesotho", "Lesoto"]),
    row("LT", ["Lithuania", "Lituanie", "Lituania"]),
    row("LU", ["Luxembourg", "Luxembourg", "Luxemburgo"]),
    row("LV", ["Latvia", "Lettonie", "Letonia"]),
    row("LY", ["Libya", "Libye", "Libia"]),
    row("MA", ["Morocco", "Maroc", "Marruecos"]),
    row("MC", ["Monaco", "Monaco", "Mónaco"]),
    row("MD", ["Moldova", "Moldavie", "Moldavia"]),
    row("ME", ["Montenegro", "Monténégro", "Montenegro"]),
    row("MF", ["Saint Martin", "Saint-Martin", "San Martín"]),
    row("MG", ["Madagascar", "Madagascar", "Madagascar"]),
    row("MH", ["Marshall Islands", "Îles Marshall", "Islas Marshall"]),
    row("MK", ["North Macedonia", "Macédoine du Nord", "Macedonia del Norte"]),
    row("ML", ["Mali", "Mali", "Mali"]),
    row("MM", ["Myanmar", "Myanmar", "Myanmar"]),
    row("MN", ["Mongolia", "Mongolie", "Mongolia"]),
    row("MO", ["Macao", "Macao", "Macao"]),
    row("MP", ["Northern Mariana Islands", "Îles Mariannes du Nord", "Islas Marianas del Norte"]),
    row("MQ", ["Martinique", "Martinique", "Martinica"]),
    row("MR", ["Mauritania", "Mauritanie", "Mauritania"]),
    row("MS", ["Montserrat", "Montserrat", "Montserrat"]),
    row("MT", ["Malta", "Malte", "Malta"]),
    row("MU", ["Mauritius", "Maurice", "Mauricio"]),
    row("MV", ["Maldives", "Maldives", "Maldivas"]),
    row("MW", ["Malawi", "Malawi", "Malaui"]),
    row("MX", ["Mexico", "Mexique", "México"]),
    row("MY", ["Malaysia", "Malaisie", "Malasia"]),
    row("MZ", ["Mozambique", "Mozambique", "Mozambique"]),
    row("NA", ["Namibia", "Namibie", "Namibia"]),
    row("NC", ["New Caledonia", "Nouvelle-Calédonie", "Nueva Caledonia"]),
    row("NE", ["Niger", "Niger", "Níger"]),
    row("NF", ["Norfolk Island", "Île Norfolk", "Isla Norfolk"]),
    row("NG", ["Nigeria", "Nigeria", "Nigeria"]),
    row("NI", ["Nicaragua", "Nicaragua", "Nicaragua"]),
    row("NL", ["Netherlands", "Pays-Bas", "Países Bajos"]),
    row("NO", ["Norway", "Norvège", "Noruega"]),
    row("NP", ["Nepal", "Népal", "Nepal"]),
    row("NR", ["Nauru", "Nauru", "Nauru"]),
    row("NU", ["Niue", "Niue", "Niue"]),
    row("NZ", ["New Zealand", "Nouvelle-Zélande", "Nueva Zelanda"]),
    row("OM", ["Oman", "Oman", "Omán"]),
    row("PA", ["Panama", "Panama", "Panamá"]),
    row("PE", ["Peru", "Pérou", "Perú"]),
    row("PF", ["French Polynesia", "Polynésie française", "Polinesia Francesa"]),
    row("PG", ["Papua New Guinea", "Papouasie-Nouvelle-Guinée", "Papúa Nueva Guinea"]),
    row("PH", ["Philippines", "Philippines", "Filipinas"]),
    row("PK", ["Pakistan", "Pakistan", "Pakistán"]),
    row("PL", ["Poland", "Pologne", "Polonia"]),
    row("PM", ["Saint Pierre and Miquelon", "Saint-Pierre-et-Miquelon", "San Pedro y Miquelón"]),
    row("PN", ["Pitcairn Islands", "Îles Pitcairn", "Islas Pitcairn"]),
    row("PR", ["Puerto Rico", "Porto Rico", "Puerto Rico"]),
    row("PS", ["Palestine", "Palestine", "Palestina"]),
    row("PT", ["Portugal", "Portugal", "Portugal"]),
    row("PW", ["Palau", "Palaos", "Palaos"]),
    row("PY", ["Paraguay", "Paraguay", "Paraguay"]),
    row("QA", ["Qatar", "Qatar", "Catar"]),
    row("RE", ["Réunion", "La Réunion", "Reunión"]),
    row("RO", ["Romania", "Roumanie", "Rumanía"]),
    row("RS", ["Serbia", "Serbie", "Serbia"]),
    row("RU", ["Russia", "Russie", "Rusia"]),
    row("RW", ["Rwanda", "Rwanda", "Ruanda"]),
    row("SA", ["Saudi Arabia", "Arabie saoudite", "Arabia Saudí"]),
    row("SB", ["Solomon Islands", "Îles Salomon", "Islas Salomón"]),
    row("SC", ["Seychelles", "Seychelles", "Seychelles"]),
    row("SD", ["Sudan", "Soudan", "Sudán"]),
    row("SE", ["Sweden", "Suède", "Suecia"]),
    row("SG", ["Singapore", "Singapour", "Singapur"]),
    row("SH", ["Saint Helena", "Sainte-Hélène", "Santa Elena"]),
    row("SI", ["Slovenia", "Slovénie", "Eslovenia"]),
    row("SJ", ["Svalbard and Jan Mayen", "Svalbard et Jan Mayen", "Svalbard y Jan Mayen"]),
    row("SK", ["Slovakia", "Slovaquie", "Eslovaquia"]),
    row("SL", ["Sierra Leone", "Sierra Leone", "Sierra Leona"]),
    row("SM", ["San Marino", "Saint-Marin", "San Marino"]),
    row("SN", ["Senegal", "Sénégal", "Senegal"]),
    row("SO", ["Somalia", "Somalie", "Somalia"]),
    row("SR", ["Suriname", "Suriname", "Surinam"]),
    row("SS", ["South Sudan", "Soudan du Sud", "Sudán del Sur"]),
    row("ST", ["São Tomé and Príncipe", "Sao Tomé-et-Principe", "Santo Tomé y Príncipe"]),
    row("SV", ["El Salvador", "Salvador", "El Salvador"]),
    row("SX", ["Sint Maarten", "Saint-Martin (partie néerlandaise)", "Sint Maarten"]),
    row("SY", ["Syria", "Syrie", "Siria"]),
    row("SZ", ["Eswatini", "Eswatini", "Esuatini"]),
    row("TC", ["Turks and Caicos Islands", "Îles Turques-et-Caïques", "Islas Turcas y Caicos"]),
    row("TD", ["Chad", "Tchad", "Chad"]),
    row(
        "TF",
        ["French Southern Territories", "Terres australes françaises", "Territorios Australes Franceses"],
    ),
    row("TG", ["Togo", "Togo", "Togo"]),
    row("TH", ["Thailand", "Thaïlande", "Tailandia"]),
    row("TJ", ["Tajikistan", "Tadjikistan", "Tayikistán"]),
    row("TK", ["Tokelau", "Tokelau", "Tokelau"]),
    row("TL", ["Timor-Leste", "Timor oriental", "Timor-Leste"]),
    row("TM", ["Turkmenistan", "Turkménistan", "Turkmenistán"]),
    row("TN", ["Tunisia", "Tunisie", "Túnez"]),
    row("TO", ["Tonga", "Tonga", "Tonga"]),
    row("TR", ["Türkiye", "Turquie", "Turquía"]),
    row("TT", ["Trinidad and Tobago", "Trinité-et-Tobago", "Trinidad y Tobago"]),
    row("TV", ["Tuvalu", "Tuvalu", "Tuvalu"]),
    row("TW", ["Taiwan", "Taïwan", "Taiwán"]),
    row("TZ", ["Tanzania", "Tanzanie", "Tanzania"]),
    row("UA", ["Ukraine", "Ukraine", "Ucrania"]),
    row("UG", ["Uganda", "Ouganda", "Uganda"]),
    row(
        "UM",
        [
            "U.S. Outlying Islands",
            "Îles mineures éloignées des États-Unis",
            "Islas menores alejadas de EE. UU.",
        ],
    ),
    row("US", ["United States", "États-Unis", "Estados Unidos"]),
    row("UY", ["Uruguay", "Uruguay", "Uruguay"]),
    row("UZ", ["Uzbekistan", "Ouzbékistan", "Uzbekistán"]),
    row("VA", ["Vatican City", "État de la Cité du Vatican", "Ciudad del Vaticano"]),
    row(
        "VC",
        ["Saint Vincent and Grenadines", "Saint-Vincent-et-les Grenadines", "San Vicente y las Granadinas"],
    ),
    row("VE", ["Venezuela", "Venezuela", "Venezuela"]),
    row("VG", ["British Virgin Islands", "Îles Vierges britanniques", "Islas Vírgenes Británicas"]),
    row("VI", ["U.S. Virgin Islands", "Îles Vierges des États-Unis", "Islas Vírgenes de EE. UU."]),
    row("VN", ["Vietnam", "Viêt Nam", "Vietnam"]),
    row("VU", ["Vanuatu", "Vanuatu", "Vanuatu"]),
    row("WF", ["Wallis and Futuna", "Wallis-et-Futuna", "Wallis y Futuna"]),
    row("WS", ["Samoa", "Samoa", "Samoa"]),
    row("YE", ["Yemen", "Yémen", "Yemen"]),
    row("YT", ["Mayotte", "Mayotte", "Mayotte"]),
    row("ZA", ["South Africa", "Afrique du Sud", "Sudáfrica"]),
    row("ZM", ["Zambia", "Zambie", "Zambia"]),
    row("ZW", ["Zimbabwe", "Zimbabwe", "Zimbabue"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_its_code() {
        for (code, [en, fr, es]) in [
            ("AD", ["Andorra", "Andorre", "Andorra"]),
            ("CI", ["Côte d’Ivoire", "Côte d’Ivoire", "Côte d’Ivoire"]),
            ("DE", ["Germany", "Allemagne", "Alemania"]),
            ("LC", ["Saint Lucia", "Sainte-Lucie", "Santa Lucía"]),
            ("ZW", ["Zimbabwe", "Zimbabwe", "Zimbabue"]),
        ] {
            let found = country(code).unwrap();
            assert_eq!(Lang::ALL.map(|lang| found.name(lang)), [en, fr, es], "{code}");
        }
    }

    #[test]
    fn what_is_not_an_assigned_code_is_no_country() {
        for code in ["", "K", "ke", "KEN", "UK", "EU", "ZZ", "Ελ"] {
            assert_eq!(country(code), None, "{code}");
        }
    }

    #[test]
    fn codes_are_two_capitals_unique_and_sorted() {
        assert!(
            COUNTRIES.iter().all(|c| c.code.len() == 2 && c.code.bytes().all(|b| b.is_ascii_uppercase()))
        );
        assert!(COUNTRIES.is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn every_country_has_a_name_of_its_own_in_every_language() {
        for lang in Lang::ALL {
            let names: Vec<_> = sorted(lang).into_iter().map(|country| country.name(lang)).collect();
            assert_eq!(names.len(), COUNTRIES.len());
            assert!(names.iter().all(|name| !name.is_empty() && name.trim() == *name));
            assert!(
                names.windows(2).all(|pair| pair[0] != pair[1]),
                "two countries with one name in {lang:?}"
            );
        }
    }

    #[test]
    fn accents_do_not_send_a_country_to_the_end() {
        let names = |lang, first: &str, many| -> Vec<_> {
            let all = sorted(lang).into_iter().map(|country| country.name(lang));
            all.skip_while(|name| *name != first).take(many).collect()
        };
        assert_eq!(
            names(Lang::Fr, "Égypte", 5),
            ["Égypte", "Émirats arabes unis", "Équateur", "Érythrée", "Espagne"]
        );
        assert_eq!(names(Lang::En, "Afghanistan", 3), ["Afghanistan", "Åland Islands", "Albania"]);
        assert_eq!(names(Lang::Es, "Omán", 3), ["Omán", "Países Bajos", "Pakistán"]);
    }
}
