//! A file under lock: pieces of equal length, each encrypted so that none can be changed, moved, or cut off (STREAM, by
//! Hoang, Reyhanitabar, Rogaway and Vizár, over ChaCha20-Poly1305).

use crate::vault::KEY;
use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use futures_util::stream;
use std::io::{self, Cursor};
use std::pin::Pin;
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio_util::io::StreamReader;

/// What is encrypted at once.
const PIECE: usize = 64 * 1024;
/// How much longer an encrypted piece is (RFC 8439).
const TAG: usize = 16;

/// What a file holds, opened while it is read.
pub type Contents = Pin<Box<dyn AsyncRead + Send>>;

/// Encrypts what comes in pieces of any length.
pub struct Seal {
    encryptor: EncryptorBE32<ChaCha20Poly1305>,
    /// Never more than a piece.
    pending: Vec<u8>,
}

impl Seal {
    /// A key seals one file and no other, so the nonce may begin at nothing.
    pub fn new(key: &[u8; KEY]) -> Seal {
        let cipher = ChaCha20Poly1305::new(&(*key).into());
        Seal { encryptor: EncryptorBE32::from_aead(cipher, &Default::default()), pending: Vec::new() }
    }

    /// What is to be written now, if anything.
    pub fn add(&mut self, mut more: &[u8]) -> io::Result<Vec<u8>> {
        let mut sealed = Vec::new();
        // the last piece is marked as such, so one stays back
        while self.pending.len() + more.len() > PIECE {
            let (fills, rest) = more.split_at(PIECE - self.pending.len());
            self.pending.extend_from_slice(fills);
            sealed.extend(self.encryptor.encrypt_next(&self.pending[..]).map_err(|_| broken())?);
            self.pending.clear();
            more = rest;
        }
        self.pending.extend_from_slice(more);
        Ok(sealed)
    }

    /// The end.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.encryptor.encrypt_last(&self.pending[..]).map_err(|_| broken())
    }
}

/// Opens a sealed file, piece by piece.
pub async fn open(file: File, key: &[u8; KEY]) -> io::Result<Contents> {
    let left = file.metadata().await?.len();
    let cipher = ChaCha20Poly1305::new(&(*key).into());
    let decryptor = DecryptorBE32::<ChaCha20Poly1305>::from_aead(cipher, &Default::default());
    let pieces = stream::try_unfold(Some((file, decryptor, left)), async |rest| {
        let Some((mut file, mut decryptor, left)) = rest else { return Ok(None) };
        let length = left.min((PIECE + TAG) as u64);
        let mut piece = Vec::with_capacity(PIECE + TAG);
        (&mut file).take(length).read_to_end(&mut piece).await?;
        match left - length {
            0 => {
                let last = decryptor.decrypt_last(&piece[..]).map_err(|_| broken())?;
                Ok(Some((Cursor::new(last), None)))
            }
            left => {
                let next = decryptor.decrypt_next(&piece[..]).map_err(|_| broken())?;
                Ok::<_, io::Error>(Some((Cursor::new(next), Some((file, decryptor, left)))))
            }
        }
    });
    Ok(Box::pin(StreamReader::new(Box::pin(pieces))))
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the file is not what was sealed")
}
