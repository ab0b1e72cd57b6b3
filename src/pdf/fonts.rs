//! The fonts that travel with the product: nothing depends on what a machine has installed.

use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::style::FontFamilyName;
use std::sync::Arc;

/// Asked one after the other for each letter; licences beside the files.
pub const FAMILIES: [FontFamilyName<'static>; 4] = [
    FontFamilyName::named("Noto Sans"), // Latin, Greek, Cyrillic
    FontFamilyName::named("Noto Sans Arabic"),
    FontFamilyName::named("Noto Sans Hebrew"),
    FontFamilyName::named("Droid Sans Fallback"), // Chinese, Japanese; Korean has no glyphs in it
];

/// What is shown for a letter that no font has; Noto Sans has it.
pub const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

static FILES: [&[u8]; 7] = [
    include_bytes!("../../static/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../static/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../static/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../static/fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../static/fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../static/fonts/NotoSansHebrew-Bold.ttf"),
    include_bytes!("../../static/fonts/DroidSansFallbackFull.ttf"),
];

pub fn collection() -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for file in &FILES {
        collection.register_fonts(Blob::new(Arc::new(*file)), None);
    }
    FontContext { collection, source_cache: SourceCache::default() }
}
