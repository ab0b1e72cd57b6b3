//! QR codes as paths of an SVG, so that no image has to be made, kept or allowed.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Light around the code, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code to be drawn in a square of `side` by `side` modules.
pub struct Drawn {
    pub side: usize,
    /// The dark modules.
    pub path: String,
}

/// `None` if there is more text than a code holds.
pub fn draw(text: &str) -> Option<Drawn> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (n, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (n % width + QUIET, n / width + QUIET);
            // text grows in memory: nothing can fail
            let _written = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Some(Drawn { side: width + 2 * QUIET, path })
}
