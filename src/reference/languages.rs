//! The languages of ISO 639-1, named in the reader's language.
//!
//! Names are those of Unicode CLDR 47, read through Babel 2.18.0 (© Unicode, Inc., Unicode License v3).
//! To make the table again, write a row from Babel's `Locale(lang).languages` in en, fr and es for each
//! two-letter code but `sh`, which ISO 639-1 withdrew.

use crate::text::Lang;

/// A language a person may speak; unlike [`Lang`], the product need not.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1, such as `sw`.
    pub code: &'static str,
    names: [&'static str; 3],
}

impl Language {
    /// The name as `lang` writes it inside a sentence: `French`, but `français` and `francés`.
    pub fn name(&self, lang: Lang) -> &'static str {
        super::in_lang(self.names, lang)
    }
}

/// The language with this ISO 639-1 code in lower case; `None` if there is none.
pub fn language(code: &str) -> Option<&'static Language> {
    let place = LANGUAGES.binary_search_by_key(&code, |language| language.code).ok()?;
    LANGUAGES.get(place)
}

/// All languages in the alphabetical order of `lang`.
pub fn sorted(lang: Lang) -> Vec<&'static Language> {
    super::alphabetical(&LANGUAGES, |language| language.name(lang))
}

const fn row(code: &'static str, names: [&'static str; 3]) -> Language {
    Language { code, names }
}

/// Sorted by code, which `language` relies on. English, French, Spanish.
pub static LANGUAGES: [Language; 183] = [
    row("aa", ["Afar", "afar", "afar"]),
    row("ab", ["Abkhazian", "abkhaze", "abjasio"]),
    row("ae", ["Avestan", "avestique", "avéstico"]),
    row("af", ["Afrikaans", "afrikaans", "afrikáans"]),
    row("ak", ["Akan", "akan", "akan"]),
    row("am", ["Amharic", "amharique", "amárico"]),
    row("an", ["Aragonese", "aragonais", "aragonés"]),
    row("ar", ["Arabic", "arabe", "árabe"]),
    row("as", ["Assamese", "assamais", "asamés"]),
    row("av", ["Avaric", "avar", "avar"]),
    row("ay", ["Aymara", "aymara", "aimara"]),
    row("az", ["Azerbaijani", "azerbaïdjanais", "azerbaiyano"]),
    row("ba", ["Bashkir", "bachkir", "baskir"]),
    row("be", ["Belarusian", "biélorusse", "bielorruso"]),
    row("bg", ["Bulgarian", "bulgare", "búlgaro"]),
    row("bi", ["Bislama", "bichelamar", "bislama"]),
    row("bm", ["Bambara", "bambara", "bambara"]),
    row("bn", ["Bangla", "bengali", "bengalí"]),
    row("bo", ["Tibetan", "tibétain", "tibetano"]),
    row("br", ["Breton", "breton", "bretón"]),
    row("bs", ["Bosnian", "bosniaque", "bosnio"]),
    row("ca", ["Catalan", "catalan", "catalán"]),
    row("ce", ["Chechen", "tchétchène", "checheno"]),
    row("ch", ["Chamorro", "chamorro", "chamorro"]),
    row("co", ["Corsican", "corse", "corso"]),
    row("cr", ["Cree", "cree", "cree"]),
    row("cs", ["Czech", "tchèque", "checo"]),
    row("cu", ["Church Slavic", "slavon d’église", "eslavo eclesiástico"]),
    row("cv", ["Chuvash", "tchouvache", "chuvasio"]),
    row("cy", ["Welsh", "gallois", "galés"]),
    row("da", ["Danish", "danois", "danés"]),
    row("de", ["German", "allemand", "alemán"]),
    row("dv", ["Divehi", "maldivien", "divehi"]),
    row("dz", ["Dzongkha", "dzongkha", "dzongkha"]),
    row("ee", ["Ewe", "éwé", "ewé"]),
    row("el", ["Greek", "grec", "griego"]),
    row("en", ["English", "anglais", "inglés"]),
    row("eo", ["Esperanto", "espéranto", "esperanto"]),
    row("es", ["Spanish", "espagnol", "español"]),
    row("et", ["Estonian", "estonien", "estonio"]),
    row("eu", ["Basque", "basque", "euskera"]),
    row("fa", ["Persian", "persan", "persa"]),
    row("ff", ["Fula", "peul", "fula"]),
    row("fi", ["Finnish", "finnois", "finés"]),
    row("fj", ["Fijian", "fidjien", "fiyiano"]),
    row("fo", ["Faroese", "féroïen", "feroés"]),
    row("fr", ["French", "français", "francés"]),
    row("fy", ["Western Frisian", "frison occidental", "frisón occidental"]),
    row("ga", ["Irish", "irlandais", "irlandés"]),
    row("gd", ["Scottish Gaelic", "gaélique écossais", "gaélico escocés"]),
    row("gl", ["Galician", "galicien", "gallego"]),
    row("gn", ["Guarani", "guarani", "guaraní"]),
    row("gu", ["Gujarati", "goudjarati", "guyaratí"]),
    row("gv", ["Manx", "mannois", "manés"]),
    row("ha", ["Hausa", "haoussa", "hausa"]),
    row("he", ["Hebrew", "hébreu", "hebreo"]),
    row("hi", ["Hindi", "hindi", "hindi"]),
    row("ho", ["Hiri Motu", "hiri motu", "hiri motu"]),
    row("hr", ["Croatian", "croate", "croata"]),
    row("ht", ["Haitian Creole", "créole haïtien", "criollo haitiano"]),
    row("hu", ["Hungarian", "hongrois", "húngaro"]),
    row("hy", ["Armenian", "arménien", "armenio"]),
    row("hz", ["Herero", "héréro", "herero"]),
    row("ia", ["Interlingua", "interlingua", "interlingua"]),
    row("id", ["Indonesian", "indonésien", "indonesio"]),
    row("ie", ["Interlingue", "interlingue", "interlingue"]),
    row("ig", ["Igbo", "igbo", "igbo"]),
    row("ii", ["Sichuan Yi", "yi du Sichuan", "yi de Sichuán"]),
    row("ik", ["Inupiaq", "inupiaq", "inupiaq"]),
    row("io", ["Ido", "ido", "ido"]),
    row("is", ["Icelandic", "islandais", "islandés"]),
    row("it", ["Italian", "italien", "italiano"]),
    row("iu", ["Inuktitut", "inuktitut", "inuktitut"]),
    row("ja", ["Japanese", "japonais", "japonés"]),
    row("jv", ["Javanese", "javanais", "javanés"]),
    row("ka", ["Georgian", "géorgien", "georgiano"]),
    row("kg", ["Kongo", "kikongo", "kongo"]),
    row("ki", ["Kikuyu", "kikuyu", "kikuyu"]),
    row("kj", ["Kuanyama", "kuanyama", "kuanyama"]),
    row("kk", ["Kazakh", "kazakh", "kazajo"]),
    row("kl", ["Kalaallisut", "groenlandais", "groenlandés"]),
    row("km", ["Khmer", "khmer", "jemer"]),
    row("kn", ["Kannada", "kannada", "canarés"]),
    row("ko", ["Korean", "coréen", "coreano"]),
    row("kr", ["Kanuri", "kanouri", "kanuri"]),
    row("ks", ["Kashmiri", "cachemiri", "cachemir"]),
    row("ku", ["Kurdish", "kurde", "kurdo"]),
    row("kv", ["Komi", "komi", "komi"]),
    row("kw", ["Cornish", "cornique", "córnico"]),
    row("ky", ["Kyrgyz", "kirghize", "kirguís"]),
    row("la", ["Latin", "latin", "latín"]),
    row("lb", ["Luxembourgish", "luxembourgeois", "luxemburgués"]),
    row("lg", ["Ganda", "ganda", "ganda"]),
    row("li", ["Limburgish", "limbourgeois", "limburgués"]),
    row("ln", ["Lingala", "lingala", "lingala"]),
    row("lo", ["Lao", "lao", "lao"]),
    row("lt", ["Lithuanian", "lituanien", "lituano"]),
    row("lu", ["Luba-Katanga", "luba-katanga (kiluba)", "luba-katanga"]),
    row("lv", ["Latvian", "letton", "letón"]),
    row("mg", ["Malagasy", "malgache", "malgache"]),
    row("mh", ["Marshallese", "marshallais", "marshalés"]),
    row("mi", ["Māori", "maori", "maorí"]),
    row("mk", ["Macedonian", "macédonien", "macedonio"]),
    row("ml", ["Malayalam", "malayalam", "malayálam"]),
    row("mn", ["Mongolian", "mongol", "mongol"]),
    row("mr", ["Marathi", "marathi", "maratí"]),
    row("ms", ["Malay", "malais", "malayo"]),
    row("mt", ["Maltese", "maltais", "maltés"]),
    row("my", ["Burmese", "birman", "birmano"]),
    row("na", ["Nauru", "nauruan", "nauruano"]),
    row("nb", ["Norwegian Bokmål", "norvégien bokmål", "noruego bokmal"]),
    row("nd", ["North Ndebele", "ndébélé du Nord", "ndebele septentrional"]),
    row("ne", ["Nepali", "népalais", "nepalí"]),
    row("ng", ["Ndonga", "ndonga", "ndonga"]),
    row("nl", ["Dutch", "néerlandais", "neerlandés"]),
    row("nn", ["Norwegian Nynorsk", "norvégien nynorsk", "noruego nynorsk"]),
    row("no", ["Norwegian", "norvégien", "noruego"]),
    row("nr", ["South Ndebele", "ndébélé du Sud", "ndebele meridional"]),
    row("nv", ["Navajo", "navajo", "navajo"]),
    row("ny", ["Nyanja", "chewa", "nyanja"]),
    row("oc", ["Occitan", "occitan", "occitano"]),
    row("oj", ["Ojibwa", "ojibwa", "ojibwa"]),
    row("om", ["Oromo", "oromo", "oromo"]),
    row("or", ["Odia", "odia", "oriya"]),
    row("os", ["Ossetic", "ossète", "osético"]),
    row("pa", ["Punjabi", "pendjabi", "punyabí"]),
    row("pi", ["Pali", "pali", "pali"]),
    row("pl", ["Polish", "polonais", "polaco"]),
    row("ps", ["Pashto", "pachto", "pastún"]),
    row("pt", ["Portuguese", "portugais", "portugués"]),
    row("qu", ["Quechua", "quechua", "quechua"]),
    row("rm", ["Romansh", "romanche", "romanche"]),
    row("rn", ["Rundi", "roundi", "kirundi"]),
    row("ro", ["Romanian", "roumain", "rumano"]),
    row("ru", ["Russian", "russe", "ruso"]),
    row("rw", ["Kinyarwanda", "kinyarwanda", "kinyarwanda"]),
    row("sa", ["Sanskrit", "sanskrit", "sánscrito"]),
    row("sc", ["Sardinian", "sarde", "sardo"]),
    row("sd", ["Sindhi", "sindhi", "sindi"]),
    row("se", ["Northern Sami", "same du Nord", "sami septentrional"]),
    row("sg", ["Sango", "sango", "sango"]),
    row("si", ["Sinhala", "cingalais", "cingalés"]),
    row("sk", ["Slovak", "slovaque", "eslovaco"]),
    row("sl", ["Slovenian", "slovène", "esloveno"]),
    row("sm", ["Samoan", "samoan", "samoano"]),
    row("sn", ["Shona", "shona", "shona"]),
    row("so", ["Somali", "somali", "somalí"]),
    row("sq", ["Albanian", "albanais", "albanés"]),
    row("sr", ["Serbian", "serbe", "serbio"]),
    row("ss", ["Swati", "swati", "suazi"]),
    row("st", ["Southern Sotho", "sotho du Sud", "sotho meridional"]),
    row("su", ["Sundanese", "soundanais", "sundanés"]),
    row("sv", ["Swedish", "suédois", "sueco"]),
    row("sw", ["Swahili", "swahili", "suajili"]),
    row("ta", ["Tamil", "tamoul", "tamil"]),
    row("te", ["Telugu", "télougou", "telugu"]),
    row("tg", ["Tajik", "tadjik", "tayiko"]),
    row("th", ["Thai", "thaï", "tailandés"]),
    row("ti", ["Tigrinya", "tigrigna", "tigriña"]),
    row("tk", ["Turkmen", "turkmène", "turcomano"]),
    row("tl", ["Tagalog", "tagalog", "tagalo"]),
    row("tn", ["Tswana", "tswana", "setsuana"]),
    row("to", ["Tongan", "tongien", "tongano"]),
    row("tr", ["Turkish", "turc", "turco"]),
    row("ts", ["Tsonga", "tsonga", "tsonga"]),
    row("tt", ["Tatar", "tatar", "tártaro"]),
    row("tw", ["Twi", "twi", "twi"]),
    row("ty", ["Tahitian", "tahitien", "tahitiano"]),
    row("ug", ["Uyghur", "ouïghour", "uigur"]),
    row("uk", ["Ukrainian", "ukrainien", "ucraniano"]),
    row("ur", ["Urdu", "ourdou", "urdu"]),
    row("uz", ["Uzbek", "ouzbek", "uzbeko"]),
    row("ve", ["Venda", "venda", "venda"]),
    row("vi", ["Vietnamese", "vietnamien", "vietnamita"]),
    row("vo", ["Volapük", "volapük", "volapük"]),
    row("wa", ["Walloon", "wallon", "valón"]),
    row("wo", ["Wolof", "wolof", "wólof"]),
    row("xh", ["Xhosa", "xhosa", "xhosa"]),
    row("yi", ["Yiddish", "yiddish", "yidis"]),
    row("yo", ["Yoruba", "yoruba", "yoruba"]),
    row("za", ["Zhuang", "zhuang", "zhuang"]),
    row("zh", ["Chinese", "chinois", "chino"]),
    row("zu", ["Zulu", "zoulou", "zulú"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_code() {
        for (code, [en, fr, es]) in [
            ("aa", ["Afar", "afar", "afar"]),
            ("ar", ["Arabic", "arabe", "árabe"]),
            ("fr", ["French", "français", "francés"]),
            ("sw", ["Swahili", "swahili", "suajili"]),
            ("zu", ["Zulu", "zoulou", "zulú"]),
        ] {
            let found = language(code).unwrap();
            assert_eq!(Lang::ALL.map(|lang| found.name(lang)), [en, fr, es], "{code}");
        }
    }

    #[test]
    fn what_is_not_a_code_in_force_is_no_language() {
        for code in ["", "f", "FR", "fra", "fr-CH", "sh", "xx"] {
            assert_eq!(language(code), None, "{code}");
        }
    }

    #[test]
    fn the_languages_of_the_product_are_among_them() {
        for lang in Lang::ALL {
            let own = language(lang.code()).unwrap().name(lang);
            assert_eq!(own.to_lowercase(), lang.own_name().to_lowercase());
        }
    }

    #[test]
    fn codes_are_two_small_letters_unique_and_sorted() {
        assert!(
            LANGUAGES.iter().all(|l| l.code.len() == 2 && l.code.bytes().all(|b| b.is_ascii_lowercase()))
        );
        assert!(LANGUAGES.is_sorted_by(|a, b| a.code < b.code));
    }

    #[test]
    fn every_language_has_a_name_of_its_own_with_the_capital_its_reader_expects() {
        for lang in Lang::ALL {
            let names: Vec<_> = sorted(lang).into_iter().map(|language| language.name(lang)).collect();
            assert_eq!(names.len(), LANGUAGES.len());
            for name in &names {
                let first = name.chars().next().unwrap();
                assert_eq!(first.is_uppercase(), lang == Lang::En, "{name}");
            }
            assert!(
                names.windows(2).all(|pair| pair[0] != pair[1]),
                "two languages with one name in {lang:?}"
            );
        }
    }

    #[test]
    fn accents_do_not_send_a_language_to_the_end() {
        let names = |lang, first: &str, many| -> Vec<_> {
            let all = sorted(lang).into_iter().map(|language| language.name(lang));
            all.skip_while(|name| *name != first).take(many).collect()
        };
        assert_eq!(names(Lang::Fr, "estonien", 3), ["estonien", "éwé", "féroïen"]);
        assert_eq!(names(Lang::Es, "aragonés", 2), ["aragonés", "armenio"]);
        assert_eq!(sorted(Lang::En).last().unwrap().code, "zu");
    }
}
