//! From blocks to pages: what stands beside what, and where a page may end.

use super::set::{Paragraph, Setter, Style, shows};
use super::{Block, Document, Level, Row, Tone};
use std::ops::Range;

pub const PAGE: (f32, f32) = (595.28, 841.89); // A4 (ISO 216)
pub const MARGIN: f32 = 56.0;
const FOOT: f32 = 18.0;
pub const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// The column of labels, with the gap to what they label.
const LABELS: f32 = 126.0;
const GAP: f32 = 14.0;
const BULLETS: f32 = 14.0;
/// What is no higher than eight lines goes to the next page as a whole.
const WHOLE: f32 = 114.0;

pub const INK: [u8; 3] = [0x1b, 0x1f, 0x24];
pub const SOFT: [u8; 3] = [0x4d, 0x56, 0x60];
pub const ACCENT: [u8; 3] = [0x17, 0x4a, 0x7c];

/// A document in strips from top to bottom, cut into pages.
#[derive(Default)]
pub struct Flow {
    pub paragraphs: Vec<Paragraph>,
    pub strips: Vec<Strip>,
    pub branches: Vec<Branch>,
    pub pages: Vec<Vec<(f32, usize)>>,
}

/// What stays on one height: a line of text, or a label's line beside it.
#[derive(Default)]
pub struct Strip {
    before: f32,
    pub height: f32,
    /// No page ends between this one and the next.
    keep: bool,
    /// Nor here, unless that costs a page.
    whole: bool,
    pub pieces: Vec<Piece>,
    pub rule: bool,
}

/// One line of a paragraph.
#[derive(Clone, Copy)]
pub struct Piece {
    pub paragraph: usize,
    pub line: usize,
    pub x: f32,
}

/// The structure that a screen reader reads; numbers are those of paragraphs.
pub enum Branch {
    Heading(Level, usize),
    Paragraph(usize),
    List(Vec<(usize, Range<usize>)>),
}

impl Flow {
    pub fn of(document: &Document, setter: &mut Setter) -> Flow {
        let mut flow = Flow::default();
        let following = document.blocks.iter().skip(1).map(Some).chain([None]);
        for (block, next) in document.blocks.iter().zip(following) {
            flow.add(block, setter);
            // what leads to a list stands above it
            if let (Block::Paragraph(..), Some(Block::Rows(_) | Block::List(_))) = (block, next)
                && let Some(last) = flow.strips.last_mut()
            {
                last.keep = true;
            }
        }
        flow.pages = sparing(&flow.strips);
        flow
    }

    fn add(&mut self, block: &Block, setter: &mut Setter) {
        match block {
            // a heading that says nothing would lead to nothing in a reader's list of them
            Block::Heading(_, text) if !shows(text) => {}
            Block::Heading(level, text) => {
                let (style, before) = match level {
                    Level::Title => (self.title(text, setter), 0.0),
                    Level::Section => (Style { size: 12.5, bold: true, colour: ACCENT, prose: false }, 16.0),
                };
                let lines = self.set(text, style, WIDTH, 0.0, setter);
                self.branches.push(Branch::Heading(*level, self.paragraphs.len() - 1));
                self.stack(vec![], lines, before, true);
            }
            Block::Paragraph(tone, text) => {
                for part in text.lines().filter(|part| !part.trim().is_empty()) {
                    let lines = self.set(part, style(*tone), WIDTH, 0.0, setter);
                    self.branches.push(Branch::Paragraph(self.paragraphs.len() - 1));
                    let before = if self.strips.last().is_some_and(|strip| strip.rule) { 9.0 } else { 4.0 };
                    self.stack(vec![], lines, before, false);
                }
            }
            Block::List(items) => {
                let rows = items.iter().map(|item| ("•", vec![(Tone::Plain, item.as_str())]));
                self.rows(rows.collect(), BULLETS, 2.0, setter);
            }
            Block::Rows(rows) => {
                let row = |row: &'_ Row| -> Vec<(Tone, String)> { row.lines.clone() };
                let owned: Vec<_> = rows.iter().map(row).collect();
                let rows = rows.iter().zip(&owned).map(|(row, lines)| {
                    (row.label.as_str(), lines.iter().map(|(tone, text)| (*tone, text.as_str())).collect())
                });
                self.rows(rows.collect(), LABELS, 7.0, setter);
            }
            Block::Rule => {
                self.strips.push(Strip { before: 8.0, height: 3.0, rule: true, ..Strip::default() })
            }
        }
    }

    fn rows(&mut self, rows: Vec<(&str, Vec<(Tone, &str)>)>, column: f32, before: f32, setter: &mut Setter) {
        let mut items = Vec::new();
        let last = rows.len().saturating_sub(1);
        for (n, (label, body)) in rows.into_iter().enumerate() {
            // the last row is often a sum: it does not stand alone on a page
            if n == last
                && n > 0
                && let Some(above) = self.strips.last_mut()
            {
                above.keep = true;
            }
            let gap = if column == LABELS { GAP } else { 0.0 };
            let labels = self.set(label, style(Tone::Soft), column - gap, 0.0, setter);
            let first = self.paragraphs.len();
            let mut lines = Vec::new();
            for (tone, text) in body {
                for part in text.lines().filter(|part| !part.trim().is_empty()) {
                    if tone != Tone::Plain
                        && let Some((_, keep)) = lines.last_mut()
                    {
                        *keep = true;
                    }
                    lines.extend(self.set(part, style(tone), WIDTH - column, column, setter));
                    if tone == Tone::Strong
                        && let Some((_, keep)) = lines.last_mut()
                    {
                        *keep = true;
                    }
                }
            }
            items.push((first - 1, first..self.paragraphs.len()));
            let height: f32 = lines.iter().map(|(piece, _)| self.height(piece)).sum();
            let from = self.strips.len();
            self.stack(labels, lines, before, false);
            if height <= WHOLE
                && let Some((_, all_but_last)) =
                    self.strips.get_mut(from..).and_then(<[Strip]>::split_last_mut)
            {
                all_but_last.iter_mut().for_each(|strip| strip.whole = true);
            }
        }
        if !items.is_empty() {
            self.branches.push(Branch::List(items));
        }
    }

    /// As large as it fits on two lines; a name that has no end is set smaller, and longer.
    fn title(&self, text: &str, setter: &mut Setter) -> Style {
        let sized = |size| Style { size, bold: true, colour: INK, prose: false };
        let fits = |style: &Style| setter.set(text, *style, WIDTH).layout.len() <= 2;
        [25.0, 21.0].map(sized).into_iter().find(fits).unwrap_or(sized(17.5))
    }

    /// The lines of a paragraph, each with whether it stays with the next: no line stands alone on a page.
    fn set(
        &mut self,
        text: &str,
        style: Style,
        width: f32,
        x: f32,
        setter: &mut Setter,
    ) -> Vec<(Piece, bool)> {
        let paragraph = self.paragraphs.len();
        let set = setter.set(text, style, width);
        let lines = set.layout.len();
        self.paragraphs.push(set);
        (0..lines)
            .map(|line| (Piece { paragraph, line, x }, line + 1 < lines && (line == 0 || line + 2 >= lines)))
            .collect()
    }

    /// Lines below each other, labels beside the first ones. `bound`: what follows stays on the same page.
    fn stack(&mut self, labels: Vec<(Piece, bool)>, body: Vec<(Piece, bool)>, before: f32, bound: bool) {
        let (rows, last_body) = (labels.len().max(body.len()), body.len().saturating_sub(1));
        for n in 0..rows {
            let (label, text) = (labels.get(n), body.get(n));
            let pieces: Vec<Piece> = [label, text].into_iter().flatten().map(|(piece, _)| *piece).collect();
            let height = pieces.iter().map(|piece| self.height(piece)).fold(0.0, f32::max);
            let beside = n + 1 < labels.len();
            let keep = match n + 1 == rows {
                true => bound,
                false => bound || beside || text.is_some_and(|(_, keep)| *keep && n < last_body),
            };
            let before = match (n, text) {
                (0, _) => before,
                (_, Some((piece, _))) if self.begins_prose(piece) => 3.0,
                _ => 0.0,
            };
            self.strips.push(Strip { before, height, keep, pieces, ..Strip::default() });
        }
    }

    /// Whether prose begins here below what it is about.
    fn begins_prose(&self, piece: &Piece) -> bool {
        let is_prose = |paragraph: usize| self.paragraphs.get(paragraph).is_some_and(|p| p.style.prose);
        piece.line == 0 && is_prose(piece.paragraph) && !piece.paragraph.checked_sub(1).is_some_and(is_prose)
    }

    fn height(&self, piece: &Piece) -> f32 {
        let line = self.paragraphs.get(piece.paragraph).and_then(|p| p.layout.get(piece.line));
        line.map_or(0.0, |line| line.metrics().line_height)
    }
}

pub fn style(tone: Tone) -> Style {
    match tone {
        Tone::Name => Style { size: 17.0, bold: true, colour: INK, prose: false },
        Tone::Strong => Style { size: 10.5, bold: true, colour: INK, prose: false },
        Tone::Plain => Style { size: 10.0, bold: false, colour: INK, prose: true },
        Tone::Soft => Style { size: 9.5, bold: false, colour: SOFT, prose: false },
    }
}

/// With everything whole that may be, if that takes no page more: nobody turns over for three lines.
fn sparing(strips: &[Strip]) -> Vec<Vec<(f32, usize)>> {
    let (whole, tight) = (paged(strips, true), paged(strips, false));
    if whole.len() > tight.len() { tight } else { whole }
}

/// Strips that belong together go to the next page together, if a page has room for them at all.
fn paged(strips: &[Strip], whole: bool) -> Vec<Vec<(f32, usize)>> {
    let bottom = PAGE.1 - MARGIN - FOOT;
    let mut pages: Vec<Vec<(f32, usize)>> = vec![Vec::new()];
    let (mut y, mut n) = (MARGIN, 0);
    while n < strips.len() {
        let together = strips[n..].iter().take_while(|strip| strip.keep || whole && strip.whole).count() + 1;
        let end = strips.len().min(n + together);
        let needed: f32 = strips[n..end].iter().map(|strip| strip.before + strip.height).sum();
        let fits_a_page = needed <= bottom - MARGIN;
        for (i, strip) in strips.iter().enumerate().take(end).skip(n) {
            let wanted = if i == n && fits_a_page { needed } else { strip.before + strip.height };
            let fresh = pages.last().is_none_or(Vec::is_empty);
            if y + wanted > bottom && !fresh {
                pages.push(Vec::new());
                y = MARGIN;
            }
            if let Some(page) = pages.last_mut() {
                y += if page.is_empty() { 0.0 } else { strip.before };
                page.push((y, i));
            }
            y += strip.height;
        }
        n = end;
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(height: f32, keep: bool) -> Strip {
        Strip { height, keep, ..Strip::default() }
    }

    fn cuts(strips: &[Strip]) -> Vec<usize> {
        sparing(strips).iter().map(Vec::len).collect()
    }

    #[test]
    fn a_heading_goes_with_what_follows_it() {
        let mut strips: Vec<Strip> = (0..6).map(|_| strip(110.0, false)).collect();
        strips.push(strip(60.0, true));
        strips.push(strip(60.0, false));
        assert_eq!(cuts(&strips), [6, 2], "without it, the heading would stand alone at the end");
    }

    #[test]
    fn an_entry_stays_whole_unless_that_costs_a_page() {
        // two entries of four lines each, on pages of six
        let entry = || (0..4).map(|n| Strip { whole: n < 3, ..strip(110.0, false) });
        let mut strips: Vec<Strip> = entry().chain(entry()).collect();
        assert_eq!(cuts(&strips), [4, 4]);
        strips.extend(entry());
        assert_eq!(cuts(&strips), [6, 6], "three pages for what fits on two");
    }

    #[test]
    fn what_is_longer_than_a_page_goes_on() {
        let strips: Vec<Strip> = (0..20).map(|_| strip(110.0, true)).collect();
        assert_eq!(cuts(&strips), [6, 6, 6, 2]);
    }

    #[test]
    fn the_last_row_does_not_stand_alone() {
        let mut flow = Flow::default();
        let row = |n: i32| Row { label: n.to_string(), lines: vec![(Tone::Plain, n.to_string())] };
        flow.add(&Block::Rows((0..4).map(row).collect()), &mut Setter::new());
        let keeps: Vec<bool> = flow.strips.iter().map(|strip| strip.keep).collect();
        assert_eq!(keeps, [false, false, true, false]);
    }

    #[test]
    fn no_line_of_a_paragraph_stands_alone() {
        let mut flow = Flow::default();
        let mut setter = Setter::new();
        flow.add(&Block::Paragraph(Tone::Plain, "word ".repeat(120)), &mut setter);
        let keeps: Vec<bool> = flow.strips.iter().map(|strip| strip.keep).collect();
        assert!(keeps.len() > 4, "{}", keeps.len());
        let n = keeps.len();
        assert!(keeps[0] && !keeps[1] && !keeps[n - 3] && keeps[n - 2] && !keeps[n - 1], "{keeps:?}");
    }
}
