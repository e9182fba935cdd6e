//! Documents on their way to files: off the threads that answer others, a few at a time, since each
//! takes a processor for itself; and the organisation's mark, which stands on all of them.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use documents::{Document, RenderError, fits_as_logo, render_bundle};
use tokio::sync::Semaphore;

/// How many are laid out at a time; the others wait.
const AT_A_TIME: usize = 2;

/// A mark is drawn once on each first page.
const LOGO_BYTES_MAX: u64 = 1 << 20;

static ROOM: Semaphore = Semaphore::const_new(AT_A_TIME);

/// The documents as one PDF file.
///
/// # Errors
///
/// If the layout fails; it says what failed and nothing of what the documents say.
pub async fn rendered(documents: Vec<Document>) -> Result<Vec<u8>, RenderError> {
    let room = ROOM.acquire().await.expect("nobody closes it");
    let file = tokio::task::spawn_blocking(move || render_bundle(&documents)).await;
    drop(room);
    file.unwrap_or_else(|_| Err(RenderError::interrupted()))
}

/// Why the organisation's mark cannot be used.
#[derive(Debug)]
pub enum LogoFault {
    /// It cannot be read.
    NotRead {
        /// Where it was to be.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no picture that a document takes, or larger than one takes.
    NoPicture {
        /// Which file.
        path: PathBuf,
    },
}

/// The mark as a file has it.
pub(crate) fn logo(path: &Path) -> Result<Arc<[u8]>, LogoFault> {
    let not_read = |source| LogoFault::NotRead { path: path.to_owned(), source };
    let is_small = std::fs::metadata(path).map_err(not_read)?.len() <= LOGO_BYTES_MAX;
    let no_picture = || LogoFault::NoPicture { path: path.to_owned() };
    if !is_small {
        return Err(no_picture());
    }
    let file: Arc<[u8]> = std::fs::read(path).map_err(not_read)?.into();
    if fits_as_logo(&file) { Ok(file) } else { Err(no_picture()) }
}

impl fmt::Display for LogoFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRead { path, .. } => write!(f, "{} cannot be read", path.display()),
            Self::NoPicture { path } => {
                write!(f, "{} is not a PNG, JPEG or SVG picture of at most 1 MiB", path.display())
            }
        }
    }
}

impl std::error::Error for LogoFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotRead { source, .. } => Some(source),
            Self::NoPicture { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_small_picture() {
        let folder = tempfile::tempdir().unwrap();
        let kept = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>"#;
        assert!(logo(&kept("mark.svg", svg)).is_ok());
        let told = |path: &Path| logo(path).unwrap_err().to_string();
        assert!(told(&kept("mark.txt", b"not a picture")).contains("is not a PNG"));
        assert!(told(&kept("large.svg", &vec![b' '; 1 << 21])).contains("1 MiB"));
        assert!(told(&folder.path().join("none.png")).contains("cannot be read"));
    }
}
