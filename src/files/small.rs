//! Small things that go with a file, such as the little picture of a photo: under the file's own key.

use super::Sealed;
use crate::vault;
use std::io;

impl Sealed {
    /// Shuts something small that goes with the file and lies in the database: who has lost the file's key has lost
    /// both.
    pub fn shut(&self, small: &[u8]) -> Option<Vec<u8>> {
        self.key.as_ref().map(|key| vault::shut(key, self.id, small))
    }

    /// What [`Sealed::shut`] has shut, where it was words.
    ///
    /// # Errors
    /// If it is not that.
    pub fn opened_words(&self, small: &[u8]) -> io::Result<String> {
        String::from_utf8(self.opened(small)?).map_err(io::Error::other)
    }

    /// What [`Sealed::shut`] has shut.
    ///
    /// # Errors
    /// If it is not that.
    pub fn opened(&self, small: &[u8]) -> io::Result<Vec<u8>> {
        let opened = self.key.as_ref().map(|key| vault::opened(key, self.id, small));
        opened.unwrap_or(Err(vault::Error::Broken)).map_err(io::Error::other)
    }
}
