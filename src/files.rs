//! The store of uploaded files: streamed in, told by content, named by the product, durable before it is promised.
//!
//! Each is encrypted under a key of its own, see [`sealed`]. It is written beside its place, checked, flushed to disk and
//! only then renamed: after a crash it is either whole or not there. The database row that points to it, and its key, are committed afterwards.

mod keys;
mod refused;
mod sealed;
mod small;

pub use refused::Refused;
pub use sealed::Contents;

use crate::vault::{KEY, Vault};
use sealed::Seal;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use uuid::Uuid;

/// The largest file that is taken, in bytes.
pub const LARGEST: u64 = 10 * 1024 * 1024;

/// What nobody wrote to for so long will never be whole.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// A folder of files, each under its id.
#[derive(Clone)]
pub struct Files {
    dir: PathBuf,
    vault: Vault,
}

/// A file in the store, with what opens it.
#[derive(Clone)]
pub struct Sealed {
    pub id: Uuid,
    /// `None`: kept before files were encrypted.
    key: Option<[u8; KEY]>,
}

/// What a file turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Pdf,
    Jpeg,
    Png,
}

impl Kind {
    pub fn is_image(self) -> bool {
        self != Kind::Pdf
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
        }
    }
}

/// A file that lies in the store, flushed to disk. Dropped before [`Files::keep`], it is taken out again.
pub struct Stored {
    pub id: Uuid,
    pub kind: Kind,
    pub bytes: u64,
    /// Of what it holds.
    pub sha256: Vec<u8>,
    key: [u8; KEY],
    unkept: Unkept,
}

impl Stored {
    /// What opens it before it is kept.
    pub fn sealed(&self) -> Sealed {
        Sealed { id: self.id, key: Some(self.key) }
    }

    /// Before the commit of the row that points to it, not after: whether an interrupted commit took place nobody
    /// knows, and a file without a row harms less than a row without its file.
    fn stay(&mut self) {
        self.unkept.0 = None;
    }
}

/// Takes a file away when dropped.
#[derive(Debug)]
struct Unkept(Option<PathBuf>);

impl Drop for Unkept {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // best effort: what stays behind is nobody's file
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Files {
    /// Opens the store, making its folders, and the file of keys if there is none.
    ///
    /// # Errors
    /// If the folder cannot be made or written to, or the keys cannot be read.
    pub async fn open(dir: &Path, keys: &Path) -> io::Result<Files> {
        let files = Files { dir: dir.to_owned(), vault: Vault::open(keys)? };
        fs::create_dir_all(files.incoming()).await?;
        let probe = files.incoming().join("probe");
        fs::write(&probe, b"").await?;
        fs::remove_file(&probe).await?;
        files.sweep().await?;
        Ok(files)
    }

    /// Takes away what a crash cut off: no request writes to a file for so long.
    async fn sweep(&self) -> io::Result<()> {
        let mut left = fs::read_dir(self.incoming()).await?;
        while let Some(file) = left.next_entry().await? {
            // one that is gone meanwhile has arrived, or somebody else swept
            let Ok(written) = file.metadata().await.and_then(|about| about.modified()) else { continue };
            if written.elapsed().is_ok_and(|age| age > ABANDONED) {
                let _ = fs::remove_file(file.path()).await;
            }
        }
        Ok(())
    }

    /// Begins to receive a file.
    pub async fn receive(&self) -> io::Result<Incoming> {
        let id = Uuid::now_v7();
        let path = self.incoming().join(id.to_string());
        let file = File::create_new(&path).await?;
        let key = rand::random();
        Ok(Incoming {
            files: self.clone(),
            id,
            unkept: Unkept(Some(path)),
            file,
            key,
            seal: Seal::new(&key),
            head: Vec::new(),
            tail: VecDeque::new(),
            bytes: 0,
            digest: Sha256::new(),
        })
    }

    /// Opens a stored file for reading. Whether it is what was stored shows piece by piece: one that was changed or cut
    /// off ends with an error.
    pub async fn read(&self, sealed: &Sealed) -> io::Result<Contents> {
        let file = File::open(self.path(sealed.id)).await?;
        match &sealed.key {
            Some(key) => sealed::open(file, key).await,
            None => Ok(Box::pin(file)),
        }
    }

    /// A stored file as a whole.
    pub async fn contents(&self, sealed: &Sealed) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read(sealed).await?.read_to_end(&mut bytes).await?;
        Ok(bytes)
    }

    /// Stores what is there as a whole.
    pub async fn put(&self, bytes: &[u8]) -> Result<Stored, Refused> {
        let mut incoming = self.receive().await?;
        incoming.write(bytes).await?;
        incoming.finish().await
    }

    /// What locks the keys.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Takes a file out that nothing points to any more; one that is gone already is no error.
    pub async fn remove(&self, id: Uuid) -> io::Result<()> {
        match fs::remove_file(self.path(id)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn incoming(&self) -> PathBuf {
        self.dir.join("incoming")
    }

    /// Spread over folders by the random end of the id, so that no folder grows without bound.
    fn path(&self, id: Uuid) -> PathBuf {
        let name = id.to_string();
        let shard = name.get(name.len() - 2..).unwrap_or_default().to_owned();
        self.dir.join(shard).join(name)
    }
}

/// Enough to know the type of a file.
const HEAD: usize = 8 * 1024;
/// Where the end mark of a file is looked for; phones append notes of their own after it.
const TAIL: usize = 64 * 1024;

/// A file on its way in. Dropped before [`Incoming::finish`], it leaves nothing behind.
pub struct Incoming {
    files: Files,
    id: Uuid,
    unkept: Unkept,
    file: File,
    key: [u8; KEY],
    seal: Seal,
    head: Vec<u8>,
    tail: VecDeque<u8>,
    bytes: u64,
    digest: Sha256,
}

impl Incoming {
    /// Takes the next piece; memory in use does not grow with the file.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), Refused> {
        self.bytes += piece.len() as u64;
        if self.bytes > LARGEST {
            return Err(Refused::TooLarge);
        }
        let wanted = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..wanted]);
        let last = &piece[piece.len().saturating_sub(TAIL)..];
        let overflow = (self.tail.len() + last.len()).saturating_sub(TAIL).min(self.tail.len());
        self.tail.drain(..overflow);
        self.tail.extend(last);
        self.digest.update(piece);
        self.file.write_all(&self.seal.add(piece)?).await?;
        Ok(())
    }

    /// Checks the whole, flushes it to disk and puts it in its place.
    pub async fn finish(mut self) -> Result<Stored, Refused> {
        if self.bytes == 0 {
            return Err(Refused::Empty);
        }
        let kind = kind_of(&self.head)?;
        if !ends_well(kind, self.tail.make_contiguous()) {
            return Err(Refused::Broken);
        }
        self.file.write_all(&self.seal.finish()?).await?;
        self.file.flush().await?;
        self.file.sync_all().await?;
        let place = self.files.path(self.id);
        if let (Some(folder), Some(path)) = (place.parent(), self.unkept.0.as_ref()) {
            fs::create_dir_all(folder).await?;
            fs::rename(path, &place).await?;
            self.unkept.0 = Some(place.clone());
            // the name itself must survive a crash too
            File::open(folder).await?.sync_all().await?;
            File::open(&self.files.dir).await?.sync_all().await?;
        }
        let sha256 = self.digest.finalize().to_vec();
        Ok(Stored { id: self.id, kind, bytes: self.bytes, sha256, key: self.key, unkept: self.unkept })
    }
}

fn kind_of(head: &[u8]) -> Result<Kind, Refused> {
    match infer::get(head).map(|known| known.mime_type()) {
        Some("application/pdf") => Ok(Kind::Pdf),
        Some("image/jpeg") => Ok(Kind::Jpeg),
        Some("image/png") => Ok(Kind::Png),
        Some("image/heif") => Err(Refused::Heic),
        _ => Err(Refused::WrongType),
    }
}

fn ends_well(kind: Kind, tail: &[u8]) -> bool {
    let mark: &[u8] = match kind {
        Kind::Pdf => b"%%EOF",
        Kind::Jpeg => &[0xFF, 0xD9],
        Kind::Png => b"IEND",
    };
    tail.windows(mark.len()).any(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn open(folder: &tempdir::Folder) -> Files {
        Files::open(&folder.0, &folder.0.join("keys")).await.unwrap()
    }

    async fn put(pieces: &[&[u8]]) -> (tempdir::Folder, Result<Stored, Refused>) {
        let folder = tempdir::Folder::new();
        let files = open(&folder).await;
        let mut incoming = files.receive().await.unwrap();
        for piece in pieces {
            if let Err(refused) = incoming.write(piece).await {
                drop(incoming);
                return (folder, Err(refused));
            }
        }
        (folder, incoming.finish().await)
    }

    mod tempdir {
        pub struct Folder(pub std::path::PathBuf);
        impl Folder {
            pub fn new() -> Self {
                Folder(std::env::temp_dir().join(format!("stagiaire-files-{}", uuid::Uuid::now_v7())))
            }
        }
        impl Drop for Folder {
            fn drop(&mut self) {
                let _ = std::fs::remove_dir_all(&self.0);
            }
        }
    }

    #[tokio::test]
    async fn a_whole_pdf_is_taken_and_read_back() {
        let (folder, stored) = put(&[b"%PDF-1.7\n", b"1 0 obj\nendobj\n%%EOF\n"]).await;
        let stored = stored.unwrap();
        assert_eq!((stored.kind, stored.bytes), (Kind::Pdf, 30));
        let files = open(&folder).await;
        let text = files.contents(&stored.sealed()).await.unwrap();
        assert!(text.starts_with(b"%PDF-1.7") && Sha256::digest(&text).to_vec() == stored.sha256);
    }

    #[tokio::test]
    async fn only_what_is_kept_stays() {
        let (folder, stored) = put(&[b"%PDF-1.7\n%%EOF\n"]).await;
        let files = open(&folder).await;
        let mut stored = stored.unwrap();
        let sealed = stored.sealed();
        stored.stay();
        drop(stored);
        assert!(files.read(&sealed).await.is_ok());

        let mut incoming = files.receive().await.unwrap();
        incoming.write(b"%PDF-1.7\n%%EOF\n").await.unwrap();
        let stored = incoming.finish().await.unwrap();
        let sealed = stored.sealed();
        drop(stored);
        assert_eq!(files.read(&sealed).await.err().unwrap().kind(), io::ErrorKind::NotFound);
    }

    #[tokio::test]
    async fn on_disk_a_file_is_noise_and_one_that_was_touched_is_not_read() {
        let middle = vec![b'x'; 200_000];
        let (folder, stored) = put(&[b"%PDF-1.7\n", &middle, b"%%EOF\n"]).await;
        let (files, stored) = (open(&folder).await, stored.unwrap());
        let path = files.path(stored.id);
        let sealed = std::fs::read(&path).unwrap();
        assert!(!sealed.windows(8).any(|window| window == b"xxxxxxxx" || window == b"%PDF-1.7"));
        assert_eq!(files.contents(&stored.sealed()).await.unwrap().len(), middle.len() + 15);

        let piece = 64 * 1024 + 16;
        let [mut changed, mut moved] = [sealed.clone(), sealed.clone()];
        changed[piece * 2] ^= 1;
        moved[..piece * 2].rotate_left(piece);
        let cut_off = sealed[..piece * 2].to_vec();
        for bad in [changed, moved, cut_off, sealed[..100].to_vec(), Vec::new()] {
            std::fs::write(&path, &bad).unwrap();
            assert!(files.contents(&stored.sealed()).await.is_err(), "{} bytes", bad.len());
        }
        std::fs::write(&path, &sealed).unwrap();
        let other = Sealed { key: Some([7; KEY]), ..stored.sealed() };
        assert!(files.contents(&other).await.is_err(), "another key opens nothing");
    }

    #[tokio::test]
    async fn what_a_crash_cut_off_is_swept_an_hour_later() {
        let (folder, _) = put(&[]).await;
        let incoming = folder.0.join("incoming");
        for (name, hours) in [("old", 2), ("young", 0)] {
            let file = std::fs::File::create(incoming.join(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - hours * ABANDONED).unwrap();
        }
        open(&folder).await;
        assert!(!incoming.join("old").exists() && incoming.join("young").exists());
    }

    #[tokio::test]
    async fn the_content_decides_and_not_the_name() {
        let zip = [b"PK\x03\x04".as_slice(), &[0; 64]].concat();
        assert!(matches!(put(&[&zip]).await.1, Err(Refused::WrongType)));
        assert!(matches!(put(&[b"<html><script>"]).await.1, Err(Refused::WrongType)));
        assert!(matches!(put(&[]).await.1, Err(Refused::Empty)));
        assert!(matches!(put(&[b"%PDF-1.7\n cut off"]).await.1, Err(Refused::Broken)));
    }

    #[tokio::test]
    async fn a_file_too_large_is_stopped_early_and_leaves_nothing() {
        let megabyte = vec![0u8; 1024 * 1024];
        let pieces: Vec<&[u8]> = (0..11).map(|_| megabyte.as_slice()).collect();
        let (folder, refused) = put(&pieces).await;
        assert!(matches!(refused, Err(Refused::TooLarge)));
        assert_eq!(std::fs::read_dir(folder.0.join("incoming")).unwrap().count(), 0);
    }
}
