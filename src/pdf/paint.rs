//! Pages onto paper, and the tree that tells a screen reader what they say.

use super::flow::{ACCENT, Branch, Flow, MARGIN, PAGE, SOFT, WIDTH};
use super::set::{Paragraph, Setter, Style, shows};
use super::{Document, Error, Level, Text};
use chrono::Datelike;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Data, SerializeSettings};
use std::collections::HashMap;
use std::num::NonZeroU16;

const MAKER: &str = "Stagiaire";

/// Fonts as the writer wants them, by the id of their file.
type Fonts = HashMap<u64, Option<Font>>;

pub fn paint(document: &Document, flow: &Flow, setter: &mut Setter) -> Result<Vec<u8>, Error> {
    let unwritable = |why: &dyn std::fmt::Debug| Error::Unwritable(format!("{why:?}"));
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|why| unwritable(&why))?;
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut pdf = krilla::Document::new_with(settings);
    let mut fonts = Fonts::new();
    let mut marks: Vec<Vec<Identifier>> = vec![Vec::new(); flow.paragraphs.len()];
    let mut places: Vec<Option<XyzDestination>> = vec![None; flow.paragraphs.len()];

    for (number, strips) in flow.pages.iter().enumerate() {
        let size = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| unwritable(&PAGE))?;
        let mut page = pdf.start_page_with(size);
        let mut surface = page.surface();
        for &(y, strip) in strips {
            let Some(strip) = flow.strips.get(strip) else { continue };
            if strip.rule {
                rule(&mut surface, y + 1.0);
            }
            let set = |paragraph: usize| flow.paragraphs.get(paragraph);
            let baseline = strip.pieces.iter().filter_map(|p| baseline(set(p.paragraph)?, p.line));
            let baseline = baseline.fold(0.0, f32::max);
            for piece in &strip.pieces {
                let Some(paragraph) = set(piece.paragraph) else { continue };
                let mark = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                draw(&mut surface, paragraph, piece.line, MARGIN + piece.x, y + baseline, &mut fonts);
                surface.end_tagged();
                marks[piece.paragraph].push(mark);
                places[piece.paragraph]
                    .get_or_insert_with(|| XyzDestination::new(number, Point::from_xy(MARGIN, y)));
            }
        }
        let foot = Style { size: 8.0, bold: false, colour: SOFT, prose: false };
        let page_of = Text(document.lang).page(number + 1, flow.pages.len());
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        let whose = one_line(setter, &document.foot, foot, WIDTH - 110.0);
        let page_of = setter.set(&page_of, foot, 100.0);
        let width = page_of.layout.width();
        draw(&mut surface, &whose, 0, MARGIN, PAGE.1 - 40.0, &mut fonts);
        draw(&mut surface, &page_of, 0, PAGE.0 - MARGIN - width, PAGE.1 - 40.0, &mut fonts);
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
    pdf.set_tag_tree(tree(flow, &mut marks));
    pdf.set_outline(outline(flow, places));
    pdf.set_metadata(metadata(document));
    pdf.finish().map_err(|why| unwritable(&why))
}

fn metadata(document: &Document) -> Metadata {
    let day = document.date;
    let made = DateTime::new(u16::try_from(day.year()).unwrap_or_default())
        .month(u8::try_from(day.month()).unwrap_or(1))
        .day(u8::try_from(day.day()).unwrap_or(1));
    // PDF/UA-1 (7.1) wants a title, which readers show instead of the file name
    let title = if shows(&document.title) { &document.title } else { MAKER };
    Metadata::new()
        .title(title.to_owned())
        .authors(vec![document.author.clone()])
        .language(document.lang.code().to_owned())
        .creator(MAKER.to_owned())
        .creation_date(made)
}

/// As much of a text as one line has room for.
fn one_line(setter: &mut Setter, text: &str, style: Style, width: f32) -> Paragraph {
    let set = setter.set(text, style, width);
    let letters = set.text.chars().count();
    let mut set = set;
    for shown in (1..letters).rev() {
        if set.layout.len() <= 1 {
            break;
        }
        let shown: String = text.chars().take(shown).collect();
        set = setter.set(&format!("{}…", shown.trim_end()), style, width);
    }
    set
}

/// How far below its top a line of text stands.
fn baseline(paragraph: &Paragraph, line: usize) -> Option<f32> {
    let line = paragraph.layout.get(line)?;
    Some(line.metrics().baseline - line.metrics().block_min_coord)
}

fn fill([red, green, blue]: [u8; 3]) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn rule(surface: &mut Surface<'_>, y: f32) {
    let Some(bar) = Rect::from_xywh(MARGIN, y, WIDTH, 1.2) else { return };
    let mut path = PathBuilder::new();
    path.push_rect(bar);
    if let Some(path) = path.finish() {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.set_fill(Some(fill(ACCENT)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

/// One line, its glyphs from left to right, each knowing the letters it stands for.
fn draw(surface: &mut Surface<'_>, set: &Paragraph, line: usize, x: f32, y: f32, fonts: &mut Fonts) {
    let Some(line) = set.layout.get(line) else { return };
    surface.set_fill(Some(fill(set.style.colour)));
    let mut x = x + line.metrics().offset;
    for run in line.runs() {
        let (size, font) = (run.font_size(), run.font().clone());
        // a family without a bold face is drawn bolder than it is
        let bolder = run.synthesis().embolden();
        surface.set_stroke(bolder.then(|| stroke(set.style.colour, size)));
        let (data, id) = font.data.into_raw_parts();
        let Some(font) = fonts.entry(id).or_insert_with(|| Font::new(Data::from(data), font.index)).clone()
        else {
            continue;
        };
        let mut glyphs: Vec<KrillaGlyph> = Vec::new();
        let mut width = 0.0;
        for cluster in run.visual_clusters() {
            if cluster.is_ligature_continuation() {
                // its letters are those of the glyph before it, whichever way the text runs
                if let Some(glyph) = glyphs.last_mut() {
                    let letters = cluster.text_range();
                    glyph.text_range.start = glyph.text_range.start.min(letters.start);
                    glyph.text_range.end = glyph.text_range.end.max(letters.end);
                }
                continue;
            }
            for glyph in cluster.glyphs() {
                let (advance, right, up) = (glyph.advance / size, glyph.x / size, glyph.y / size);
                let letters = cluster.text_range();
                glyphs.push(KrillaGlyph::new(GlyphId::new(glyph.id), advance, right, up, 0.0, letters, None));
                width += glyph.advance;
            }
        }
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, &set.text, size, false);
        x += width;
    }
    surface.set_stroke(None);
}

fn stroke([red, green, blue]: [u8; 3], size: f32) -> Stroke {
    Stroke { paint: rgb::Color::new(red, green, blue).into(), width: size / 36.0, ..Stroke::default() }
}

fn tree(flow: &Flow, marks: &mut [Vec<Identifier>]) -> TagTree {
    let mut leaves = |paragraph: usize| -> Vec<Node> {
        let marks = marks.get_mut(paragraph).map(std::mem::take).unwrap_or_default();
        marks.into_iter().map(Node::from).collect()
    };
    let mut tree = TagTree::new();
    for branch in &flow.branches {
        tree.push(match branch {
            Branch::Heading(level, n) => {
                let number = match level {
                    Level::Title => NonZeroU16::MIN,
                    Level::Section => NonZeroU16::MIN.saturating_add(1),
                };
                let title = flow.paragraphs.get(*n).map(|p| p.text.clone());
                TagGroup::with_children(Tag::Hn(number, title), leaves(*n))
            }
            Branch::Paragraph(n) => TagGroup::with_children(Tag::P, leaves(*n)),
            Branch::List(items) => {
                let mut list = TagGroup::new(Tag::L(ListNumbering::None));
                for (label, body) in items {
                    let mut item = TagGroup::new(Tag::LI);
                    item.push(TagGroup::with_children(Tag::Lbl, leaves(*label)));
                    let mut text = TagGroup::new(Tag::LBody);
                    for paragraph in body.clone() {
                        text.push(TagGroup::with_children(Tag::P, leaves(paragraph)));
                    }
                    item.push(text);
                    list.push(item);
                }
                list
            }
        });
    }
    tree
}

/// The bookmarks: the sections below the title.
fn outline(flow: &Flow, mut places: Vec<Option<XyzDestination>>) -> Outline {
    let mut titles: Vec<OutlineNode> = Vec::new();
    for branch in &flow.branches {
        let Branch::Heading(level, n) = branch else { continue };
        let (Some(paragraph), Some(place)) =
            (flow.paragraphs.get(*n), places.get_mut(*n).and_then(Option::take))
        else {
            continue;
        };
        let node = OutlineNode::new(paragraph.text.clone(), place);
        match (level, titles.last_mut()) {
            (Level::Section, Some(title)) => title.push_child(node),
            _ => titles.push(node.with_open(true)),
        }
    }
    let mut outline = Outline::new();
    titles.into_iter().for_each(|title| outline.push_child(title));
    outline
}
