//! Documents that an archive and a screen reader accept as they are: PDF/A-2a and PDF/UA-1 in one
//! file, laid out from a model in which every text is data and never markup.
//!
//! Invariants: the same document and the same template give the same bytes; nothing is read from
//! the disk, the network or the clock; no text of a case can change how it is laid out.

mod house;
mod legible;
pub mod model;
pub mod render;

pub use house::FACES;
pub use model::{Block, Document, Drawing, Fact, Language, Letterhead, Logo, Table};
pub use render::{RenderError, TEMPLATE_VERSION, fits_as_logo, render, render_bundle};
