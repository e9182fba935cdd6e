//! The house's own things, the same for every document: the template, the typeface, and the
//! world that the layout sees, in which there is nothing else.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

macro_rules! face {
    ($path:literal) => {
        include_bytes!(concat!("../node_modules/@expo-google-fonts/inter/", $path)).as_slice()
    };
}

/// The faces of Inter that documents use, under the SIL Open Font License.
pub static FACES: [&[u8]; 3] = [
    face!("400Regular/Inter_400Regular.ttf"),
    face!("600SemiBold/Inter_600SemiBold.ttf"),
    face!("400Regular_Italic/Inter_400Regular_Italic.ttf"),
];

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

static TEMPLATE: LazyLock<Source> = LazyLock::new(|| {
    Source::new(id("/house.typ"), include_str!("../templates/house.typ").to_owned())
});

static DATA: LazyLock<FileId> = LazyLock::new(|| id("/documents.json"));

/// What the layout sees: the template, the typeface, the documents, their senders' marks and their
/// drawings.
pub(crate) struct House {
    documents: Bytes,
    pictures: HashMap<FileId, Bytes>,
}

impl House {
    /// With the documents as JSON, the mark of each that has one, and all their drawings, numbered.
    pub(crate) fn new(
        documents: Vec<u8>,
        logos: Vec<Option<Arc<[u8]>>>,
        drawings: Vec<String>,
    ) -> Self {
        let logos = logos
            .into_iter()
            .enumerate()
            .filter_map(|(index, logo)| Some((id(&format!("/logo-{index}")), Bytes::new(logo?))));
        let drawings = drawings.into_iter().enumerate();
        let drawings = drawings
            .map(|(number, svg)| (id(&format!("/drawing-{number}")), Bytes::from_string(svg)));
        let pictures = logos.chain(drawings).collect();
        Self { documents: Bytes::new(documents), pictures }
    }
}

impl World for House {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() { Ok(TEMPLATE.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            return Ok(self.documents.clone());
        }
        self.pictures.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// A document does not know what day it is: its date is part of it.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Whether every face has the letter.
pub(crate) fn shows(letter: char) -> bool {
    FONTS.iter().all(|font| font.info().coverage.contains(u32::from(letter)))
}

fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the house's own paths are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
