//! One paragraph of text: bidirectional, shaped, with a font for every letter, broken into lines.

use super::fonts::{FAMILIES, REPLACEMENT, collection};
use parley::style::{FontFamily, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{Alignment, AlignmentOptions, BaseDirection, FontContext, IndentOptions, Layout, LayoutContext};
use std::borrow::Cow;
use std::ops::Range;

/// What people type before the items of a list.
const MARKS: [char; 6] = ['•', '-', '–', '—', '*', '·'];

/// A mark may be left on a replacement that cannot carry it, and is replaced in its turn.
const ROUNDS: usize = 4;

/// In points, as everything here.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Style {
    pub size: f32,
    pub bold: bool,
    /// Red, green, blue.
    pub colour: [u8; 3],
    /// Runs by the direction of its own script, and marks at its beginning hang. All else runs with the paper, from the
    /// left: a name in Arabic stands above an address that is not.
    pub prose: bool,
}

/// Text in lines, with what is needed to paint it.
pub struct Paragraph {
    pub text: String,
    pub style: Style,
    pub layout: Layout<()>,
}

pub struct Setter {
    fonts: FontContext,
    scratch: LayoutContext<()>,
}

impl Setter {
    pub fn new() -> Setter {
        Setter { fonts: collection(), scratch: LayoutContext::new() }
    }

    /// Sets `text` no wider than `width`; what no font can show is replaced, so that readers see something is there.
    pub fn set(&mut self, text: &str, style: Style, width: f32) -> Paragraph {
        let mut text: String = text.chars().filter(|c| is_printable(*c)).collect();
        let mut layout = self.lines(&text, style, width);
        for _ in 0..ROUNDS {
            let missing = without_glyph(&layout);
            if missing.is_empty() {
                break;
            }
            for range in missing.into_iter().rev() {
                text.replace_range(range, REPLACEMENT.encode_utf8(&mut [0; 4]));
            }
            layout = self.lines(&text, style, width);
        }
        Paragraph { text, style, layout }
    }

    fn lines(&mut self, text: &str, style: Style, width: f32) -> Layout<()> {
        let direction = if style.prose { BaseDirection::Auto } else { BaseDirection::Ltr };
        let mut builder = self.scratch.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(FAMILIES))));
        builder.push_default(StyleProperty::FontSize(style.size));
        let weight = if style.bold { FontWeight::BOLD } else { FontWeight::NORMAL };
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.4)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.set_base_direction(direction);
        let mut layout = builder.build(text);
        if style.prose && text.starts_with(MARKS) {
            layout.set_text_indent(
                style.size * 0.75,
                IndentOptions { hanging: true, ..IndentOptions::default() },
            );
        }
        layout.break_all_lines(Some(width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        layout
    }
}

/// Whether anything of a text stands on paper.
pub fn shows(text: &str) -> bool {
    text.chars().any(|c| is_printable(c) && !c.is_whitespace())
}

/// Control characters and marks of byte order have no place on paper, nor in what is copied from it.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{feff}' | '\u{fff0}'..='\u{fff8}' | '\u{fffe}' | '\u{ffff}')
}

/// The letters that every font lacks, in the order of the text.
fn without_glyph(layout: &Layout<()>) -> Vec<Range<usize>> {
    let mut missing: Vec<Range<usize>> = layout
        .lines()
        .flat_map(|line| line.runs().collect::<Vec<_>>())
        .flat_map(|run| run.clusters().collect::<Vec<_>>())
        .filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0))
        .map(|cluster| cluster.text_range())
        .filter(|range| !range.is_empty())
        .collect();
    missing.sort_by_key(|range| range.start);
    missing.dedup_by(|next, last| next.start < last.end);
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 10.0, bold: false, colour: [0; 3], prose: true };

    #[test]
    fn lines_break_between_words_and_inside_what_is_endless() {
        let mut setter = Setter::new();
        assert_eq!(setter.set("one two", STYLE, 400.0).layout.len(), 1);
        let words = setter.set(&"word ".repeat(40), STYLE, 200.0);
        assert!(words.layout.len() > 1);
        assert!(words.layout.lines().all(|line| words.text[line.text_range()].starts_with("word")));
        let endless = setter.set(&"m".repeat(200), STYLE, 200.0);
        assert!(endless.layout.lines().all(|line| line.metrics().advance <= 200.0));
    }

    #[test]
    fn every_letter_finds_a_font_or_is_replaced() {
        let mut setter = Setter::new();
        for text in [
            "Ελένη",
            "Жанна",
            "ليلى",
            "שרה",
            "李雷 かな",
            "Thị Hương",
            "김민준",
            "Արմեն",
            "გიორგი",
            "ሰላም",
            "प्रिया",
            "রহিম",
            "கமலா",
            "නිමල්",
            "สมชาย",
            "ສົມ",
            "សុខា",
            "အောင်",
        ] {
            assert_eq!(setter.set(text, STYLE, 400.0).text, text);
        }
        let replaced = setter.set("a🦩\u{7}b", STYLE, 400.0);
        assert_eq!(replaced.text, "a\u{fffd}b");
        assert!(without_glyph(&replaced.layout).is_empty());
    }

    #[test]
    fn arabic_runs_from_right_to_left() {
        let set = Setter::new().set("مريم", STYLE, 400.0);
        assert!(set.layout.is_rtl());
        let name = Setter::new().set("مريم", Style { prose: false, ..STYLE }, 400.0);
        let start = name.layout.get(0).map(|line| line.metrics().offset);
        assert!(!name.layout.is_rtl() && start == Some(0.0), "with the paper: {start:?}");
    }

    #[test]
    fn what_follows_a_mark_at_the_beginning_stands_below_it() {
        let text = format!("• {}", "word ".repeat(40));
        let starts = |style| -> Vec<bool> {
            Setter::new().set(&text, style, 200.0).layout.lines().map(|l| l.metrics().offset > 0.0).collect()
        };
        let listed = starts(STYLE);
        assert!(!listed[0] && listed[1..].iter().all(|hangs| *hangs) && listed.len() > 2, "{listed:?}");
        assert!(starts(Style { prose: false, ..STYLE }).iter().all(|hangs| !hangs));
    }
}
