//! Why a file was not taken.

use std::io;

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("nothing was sent")]
    Empty,
    #[error("larger than 10 MiB")]
    TooLarge,
    #[error("neither PDF nor JPEG nor PNG")]
    WrongType,
    /// As iPhones keep photos (ISO/IEC 23008-12); many office computers cannot show it.
    #[error("HEIC")]
    Heic,
    #[error("begins like its type but is not whole")]
    Broken,
    #[error("does something by itself that could not be taken out")]
    Active,
    #[error("opens with a password only")]
    Locked,
    #[error("more pixels than fit into memory")]
    TooManyPixels,
    #[error("file store")]
    Io(#[from] io::Error),
}
