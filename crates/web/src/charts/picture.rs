//! A chart as a picture (PNG), for where no SVG can be put.

use std::fmt;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, fontdb};

/// How many points of the picture one unit of the drawing has: sharp on paper.
const SCALE: f32 = 3.0;

/// The typeface of our documents, and no other: the same picture on every machine.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for face in documents::FACES {
        fonts.load_font_data(face.to_vec());
    }
    Arc::new(fonts)
});

/// Why a chart could not be made into a picture.
#[derive(Debug)]
pub(crate) enum PictureError {
    /// It is no drawing that can be read.
    Unreadable(usvg::Error),
    /// It has no size that a picture can have.
    NoSize,
    /// It could not be written.
    NotWritten(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable(_) => "the chart could not be read",
            Self::NoSize => "the chart has no size that a picture can have",
            Self::NotWritten(_) => "the picture could not be written",
        })
    }
}

impl std::error::Error for PictureError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            Self::NoSize => None,
            Self::NotWritten(error) => Some(error.as_ref()),
        }
    }
}

/// The bytes of the picture of a chart.
pub(crate) fn picture(chart: &str) -> Result<Vec<u8>, PictureError> {
    let options = Options {
        fontdb: Arc::clone(&FONTS),
        font_family: "Inter".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(chart, &options).map_err(PictureError::Unreadable)?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or(PictureError::NoSize)?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or(PictureError::NoSize)?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::NotWritten(error.into()))
}
