//! The fonts that travel with the product: nothing depends on what a machine has installed.

use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::style::FontFamilyName;
use std::sync::Arc;

/// One line a family, asked one after the other for each letter; licences beside the files. Where there is one
/// file, bold text is set in it too.
macro_rules! fonts {
    ($($family:literal: $($file:literal),+;)+) => {
        pub const FAMILIES: &[FontFamilyName<'static>] = &[$(FontFamilyName::named($family)),+];
        static FILES: &[&[u8]] = &[$($(include_bytes!(concat!("../../static/fonts/", $file, ".ttf"))),+),+];
    };
}

fonts! {
    "Noto Sans": "NotoSans-Regular", "NotoSans-Bold"; // Latin, Greek, Cyrillic
    "Noto Sans Arabic": "NotoSansArabic-Regular", "NotoSansArabic-Bold";
    "Noto Sans Hebrew": "NotoSansHebrew-Regular", "NotoSansHebrew-Bold";
    "Noto Sans Armenian": "NotoSansArmenian-Regular";
    "Noto Sans Georgian": "NotoSansGeorgian-Regular";
    "Noto Sans Ethiopic": "NotoSansEthiopic-Regular";
    "Noto Sans Devanagari": "NotoSansDevanagari-Regular";
    "Noto Sans Bengali": "NotoSansBengali-Regular";
    "Noto Sans Tamil": "NotoSansTamil-Regular";
    "Noto Sans Sinhala": "NotoSansSinhala-Regular";
    "Noto Sans Thai": "NotoSansThai-Regular";
    "Noto Sans Lao": "NotoSansLao-Regular";
    "Noto Sans Khmer": "NotoSansKhmer-Regular";
    "Noto Sans Myanmar": "NotoSansMyanmar-Regular";
    "Droid Sans Fallback": "DroidSansFallbackFull"; // Chinese, Japanese
    "NanumSquare": "NanumSquare-Regular"; // Korean
}

/// What is shown for a letter that no font has; Noto Sans has it.
pub const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

pub fn collection() -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for file in FILES {
        collection.register_fonts(Blob::new(Arc::new(*file)), None);
    }
    FontContext { collection, source_cache: SourceCache::default() }
}
