//! The only place that knows languages: sentences, dates and amounts, in the reader's own.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;

/// What a page counts, it counts up to one more than this, so that it costs the same however many there are.
pub const COUNTED: i64 = 1000;

/// A language the product speaks (ISO 639-1). Adding one breaks every sentence that lacks it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Lang {
    #[default]
    En,
    Fr,
    Es,
}

impl Lang {
    pub const ALL: [Lang; 3] = [Lang::En, Lang::Fr, Lang::Es];

    /// The code used in `lang` attributes, cookies and the database.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Fr => "fr",
            Lang::Es => "es",
        }
    }

    /// The language's name in the language itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Fr => "Français",
            Lang::Es => "Español",
        }
    }

    /// From a code such as `fr` or `fr-CA`; `None` if the product does not speak it.
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// The best match for an `Accept-Language` header (RFC 9110, 12.5.4): highest weight, first on a tie.
    pub fn preferred(accept_language: &str) -> Option<Lang> {
        let mut best: Option<(Lang, f32)> = None;
        for range in accept_language.split(',') {
            let mut parts = range.split(';');
            let lang = parts.next().and_then(|code| Lang::from_code(code.trim()));
            let weight = parts
                .find_map(|p| p.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
            if let Some(lang) = lang
                && weight > 0.0
                && best.is_none_or(|(_, top)| weight > top)
            {
                best = Some((lang, weight));
            }
        }
        best.map(|(lang, _)| lang)
    }

    /// `1 February 2027`, `1er février 2027`, `1 de febrero de 2027`.
    pub fn date(self, day: NaiveDate) -> String {
        match self {
            Lang::En => format!("{} {}", self.day_month(day), day.year()),
            Lang::Fr => format!("{} {}", self.day_month(day), day.year()),
            Lang::Es => format!("{} de {}", self.day_month(day), day.year()),
        }
    }

    /// `1 February`, `1er février`, `1 de febrero`.
    pub fn day_month(self, day: NaiveDate) -> String {
        let (n, month) = (day.day(), self.month_name(day.month()));
        match self {
            Lang::En => format!("{n}\u{a0}{month}"),
            Lang::Fr if n == 1 => format!("1er\u{a0}{month}"),
            Lang::Fr => format!("{n}\u{a0}{month}"),
            Lang::Es => format!("{n} de {month}"),
        }
    }

    /// `Monday 1 February 2027`, `lundi 1er février 2027`, `lunes, 1 de febrero de 2027`.
    pub fn weekday_date(self, day: NaiveDate) -> String {
        let weekday = self.weekday_name(day);
        match self {
            Lang::En | Lang::Fr => format!("{weekday} {}", self.date(day)),
            Lang::Es => format!("{weekday}, {}", self.date(day)),
        }
    }

    /// `1 Feb`, `1 févr.`, `1 feb`: for the queue only, where space is short.
    pub fn short_date(self, day: NaiveDate) -> String {
        const EN: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        const FR: [&str; 12] = [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
        ];
        const ES: [&str; 12] =
            ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"];
        let names = match self {
            Lang::En => EN,
            Lang::Fr => FR,
            Lang::Es => ES,
        };
        format!("{}\u{a0}{}", day.day(), names[day.month0() as usize])
    }

    /// A moment in the organisation's zone, which is named: `24 November 2026, 19:42 CET`.
    pub fn moment(self, at: DateTime<Utc>, zone: Tz) -> String {
        let local = at.with_timezone(&zone);
        format!(
            "{}, {:02}:{:02}\u{a0}{}",
            self.date(local.date_naive()),
            local.hour(),
            local.minute(),
            local.format("%Z")
        )
    }

    /// `February 2027`, `février 2027`, `febrero de 2027`.
    pub fn month_year(self, day: NaiveDate) -> String {
        let month = self.month_name(day.month());
        match self {
            Lang::En | Lang::Fr => format!("{month} {}", day.year()),
            Lang::Es => format!("{month} de {}", day.year()),
        }
    }

    pub fn month_name(self, month: u32) -> &'static str {
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        const FR: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        const ES: [&str; 12] = [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ];
        let names = match self {
            Lang::En => EN,
            Lang::Fr => FR,
            Lang::Es => ES,
        };
        names.get(month.wrapping_sub(1) as usize).copied().unwrap_or_default()
    }

    fn weekday_name(self, day: NaiveDate) -> &'static str {
        const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        const FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
        const ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
        let names = match self {
            Lang::En => EN,
            Lang::Fr => FR,
            Lang::Es => ES,
        };
        names[day.weekday().num_days_from_monday() as usize]
    }

    /// `CHF 1,500.00`, `1 500,00 CHF`, `1.500,00 CHF`; `currency` is an ISO 4217 code.
    pub fn money(self, amount: Decimal, currency: &str) -> String {
        let plain = format!("{amount:.2}");
        let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
        let (group, point) = match self {
            Lang::En => (",", "."),
            Lang::Fr => ("\u{202f}", ","),
            Lang::Es => (".", ","),
        };
        let whole = grouped(whole, group);
        match self {
            Lang::En => format!("{currency}\u{a0}{whole}{point}{cents}"),
            Lang::Fr | Lang::Es => format!("{whole}{point}{cents}\u{a0}{currency}"),
        }
    }

    /// A whole number with the language's thousands separator.
    pub fn number(self, n: i64) -> String {
        let group = match self {
            Lang::En => ",",
            Lang::Fr => "\u{202f}",
            Lang::Es => ".",
        };
        grouped(&n.to_string(), group)
    }

    /// A number that was counted up to [`COUNTED`] and one more: what goes beyond ends in a plus.
    pub fn counted(self, n: i64) -> String {
        if n > COUNTED { format!("{}+", self.number(COUNTED)) } else { self.number(n) }
    }

    /// A file's size in the units people know: `312 KB`, `2,1 Mo`.
    pub fn file_size(self, bytes: i64) -> String {
        let unit = |kilo: &'static str| match self {
            Lang::Fr => kilo.replace('B', "o"),
            Lang::En | Lang::Es => kilo.to_owned(),
        };
        if bytes < 1_000_000 {
            return format!("{}\u{a0}{}", (bytes + 999) / 1000, unit("KB").replace("Ko", "ko"));
        }
        let tenths = (bytes + 50_000) / 100_000;
        let point = if self == Lang::En { '.' } else { ',' };
        format!("{}{point}{}\u{a0}{}", tenths / 10, tenths % 10, unit("MB"))
    }

    /// `English, French and Spanish`, with the language's own "and".
    pub fn list(self, items: &[String]) -> String {
        // Spanish "y" becomes "e" before the sound of "i" (español e inglés)
        joined(items, |last| match self {
            Lang::En => "and",
            Lang::Fr => "et",
            Lang::Es if last.starts_with(['i', 'í']) || last.starts_with("hi") => "e",
            Lang::Es => "y",
        })
    }

    /// `English, French or Spanish`, with the language's own "or".
    pub fn either(self, items: &[String]) -> String {
        // Spanish "o" becomes "u" before the sound of "o" (español u oriya)
        joined(items, |last| match self {
            Lang::En => "or",
            Lang::Fr => "ou",
            Lang::Es if last.starts_with(['o', 'ó']) || last.starts_with("ho") => "u",
            Lang::Es => "o",
        })
    }
}

/// With commas, and the word that goes before the last item, which it is shown in small letters.
fn joined(items: &[String], word: impl Fn(&str) -> &'static str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} {} {last}", head.join(", "), word(&last.to_lowercase())),
    }
}

fn grouped(digits: &str, separator: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let mut out = String::from(sign);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push_str(separator);
        }
        out.push(c);
    }
    out
}

impl From<String> for Lang {
    fn from(code: String) -> Self {
        Lang::from_code(&code).unwrap_or_default()
    }
}

/// Anything that can explain itself to a reader.
pub trait Say {
    fn say(&self, lang: Lang) -> String;
}

/// French sets a no-break space before `: ; ? ! »` and after `«`; writers need not remember it.
pub fn typeset_fr(sentence: String) -> String {
    const BEFORE: [(&str, &str); 5] =
        [(" :", "\u{a0}:"), (" ;", "\u{202f};"), (" ?", "\u{202f}?"), (" !", "\u{202f}!"), (" »", "\u{a0}»")];
    if !sentence.contains([':', ';', '?', '!', '«']) {
        return sentence;
    }
    BEFORE.iter().fold(sentence, |s, (from, to)| s.replace(from, to)).replace("« ", "«\u{a0}")
}

/// One line per sentence, one column per language: English, French, Spanish.
///
/// `texts!(pub Words { greeting(name): "Hello {name}", "Bonjour {name}", "Hola {name}"; });` makes
/// `Words(lang).greeting("Ana")`. A missing translation does not compile; an unused sentence is dead code.
macro_rules! texts {
    ($vis:vis $name:ident { $($key:ident $(($($arg:ident),+))? : $en:literal, $fr:literal, $es:literal;)+ }) => {
        #[derive(Clone, Copy)]
        $vis struct $name(pub $crate::text::Lang);
        impl $name {
            $($vis fn $key(&self $(, $($arg: impl std::fmt::Display),+)?) -> String {
                match self.0 {
                    $crate::text::Lang::En => format!($en),
                    $crate::text::Lang::Fr => $crate::text::typeset_fr(format!($fr)),
                    $crate::text::Lang::Es => format!($es),
                }
            })+
        }
    };
}

pub(crate) use texts;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(s: &str) -> NaiveDate {
        s.parse().unwrap()
    }

    #[test]
    fn dates_follow_each_language() {
        let first = day("2027-02-01");
        assert_eq!(Lang::En.date(first), "1\u{a0}February 2027");
        assert_eq!(Lang::Fr.date(first), "1er\u{a0}février 2027");
        assert_eq!(Lang::Es.date(first), "1 de febrero de 2027");
        assert_eq!(Lang::Es.weekday_date(first), "lunes, 1 de febrero de 2027");
    }

    #[test]
    fn amounts_follow_each_language() {
        let amount: Decimal = "1500.5".parse().unwrap();
        assert_eq!(Lang::En.money(amount, "CHF"), "CHF\u{a0}1,500.50");
        assert_eq!(Lang::Fr.money(amount, "CHF"), "1\u{202f}500,50\u{a0}CHF");
        assert_eq!(Lang::Es.money(amount, "CHF"), "1.500,50\u{a0}CHF");
        assert_eq!(Lang::Fr.file_size(2_100_000), "2,1\u{a0}Mo");
        assert_eq!(Lang::En.file_size(311_500), "312\u{a0}KB");
    }

    #[test]
    fn the_browser_is_heard() {
        for (header, expected) in [
            ("fr-CH, fr;q=0.9, en;q=0.8", Some(Lang::Fr)),
            ("de, es;q=0.5, en;q=0.7", Some(Lang::En)),
            ("de", None),
            ("en;q=0, es", Some(Lang::Es)),
            ("", None),
        ] {
            assert_eq!(Lang::preferred(header), expected, "{header}");
        }
    }

    #[test]
    fn french_punctuation_keeps_its_company() {
        assert_eq!(typeset_fr("Prêt ? « Oui »".into()), "Prêt\u{202f}? «\u{a0}Oui\u{a0}»");
    }

    #[test]
    fn spanish_says_e_before_i() {
        let list = ["español".to_owned(), "inglés".to_owned()];
        assert_eq!(Lang::Es.list(&list), "español e inglés");
        assert_eq!(Lang::Fr.list(&["anglais".to_owned(), "français".to_owned()]), "anglais et français");
        assert_eq!(Lang::Es.either(&list), "español o inglés");
        let three = ["English", "French", "Odia"].map(str::to_owned);
        assert_eq!(Lang::En.either(&three), "English, French or Odia");
        assert_eq!(Lang::Es.either(&["español".to_owned(), "oriya".to_owned()]), "español u oriya");
    }

    const WISHES: [&str; 4] =
        ["fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", "es", "de, en;q=0", "en;q=nan, fr;q=inf, es;q=-1"];

    proptest::proptest! {
        #[test]
        fn no_wish_for_a_language_is_too_strange(wish in crate::spoilt::spoilt_text(&WISHES), code in ".{0,6}") {
            // whatever is understood was asked for
            if let Some(lang) = Lang::preferred(&wish) {
                assert!(wish.to_ascii_lowercase().contains(lang.code()), "{wish:?}");
            }
            if let Some(lang) = Lang::from_code(&code) {
                assert!(code.to_ascii_lowercase().starts_with(lang.code()), "{code:?}");
            }
        }
    }
}
