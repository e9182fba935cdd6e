//! Laying a document out as a file.

use std::fmt;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use serde_json::Value;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::house::House;
use crate::legible;
use crate::model::{Block, Document, Language, Letterhead, Logo};

/// Counts from 1, raised with every change of the template that changes what a document looks like:
/// a document that is kept says with which it was made.
pub const TEMPLATE_VERSION: u32 = 2;

/// After how many documents that did not need it a part of the layout is forgotten. What is kept
/// makes the next document of a kind faster, and grows without end.
const KEPT_FOR: usize = 10;

/// An archive reads it in fifty years (PDF/A-2a, ISO 19005-2), a screen reader today (PDF/UA-1,
/// ISO 14289-1).
static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).expect("the two go together")
});

/// The document as a PDF file, the same for the same document. It takes some 20 ms of a processor,
/// and is no work for a thread that serves others.
///
/// # Errors
///
/// If the layout fails, which no words of a document can bring about.
pub fn render(document: &Document) -> Result<Vec<u8>, RenderError> {
    render_bundle(std::slice::from_ref(document))
}

/// Several documents in one PDF file, one after the other, each with pages of its own; its title
/// and identity are those of the first. All of them are held at once: for many, make many bundles.
///
/// # Errors
///
/// As [`render`], and if there is no document at all.
pub fn render_bundle(documents: &[Document]) -> Result<Vec<u8>, RenderError> {
    let Some(first) = documents.first() else { return Err(RenderError::nothing()) };
    let value = serde_json::to_value(documents).expect("a document is plain data");
    let (mut value, drawings) = (legible::of(value), drawings(documents));
    number_drawings(&mut value);
    let bytes = serde_json::to_vec(&value).expect("and so is its legible form");
    let logos = documents.iter().map(|it| it.sender.logo.as_ref().map(|it| it.file.clone()));
    let laid_out = lay_out(&House::new(bytes, logos.collect(), drawings), &first.identity);
    comemo::evict(KEPT_FOR / documents.len());
    laid_out.map_err(|problems| RenderError::new(&problems))
}

/// Every drawing of the documents, in order.
fn drawings(documents: &[Document]) -> Vec<String> {
    let blocks = documents.iter().flat_map(|it| &it.blocks);
    let drawings = blocks.filter_map(|block| match block {
        Block::Drawing(it) => Some(legible::drawing(&it.svg)),
        _ => None,
    });
    drawings.collect()
}

/// Says at each drawing which one it is, in the order of [`drawings`].
fn number_drawings(documents: &mut Value) {
    let documents = documents.as_array_mut().into_iter().flatten();
    let blocks = documents.filter_map(|it| it.get_mut("blocks")?.as_array_mut()).flatten();
    let drawings = blocks.filter(|it| it["kind"] == "drawing");
    for (number, drawing) in drawings.enumerate() {
        drawing["number"] = number.into();
    }
}

/// Whether a file is a picture that stands in the head of a document.
#[must_use]
pub fn fits_as_logo(file: &Arc<[u8]>) -> bool {
    let logo = Some(Logo { file: Arc::clone(file), alt: "?".to_owned() });
    let sender = Letterhead { organisation: "?".to_owned(), logo, contact: Vec::new() };
    let tried = Document {
        identity: String::new(),
        language: Language::En,
        title: "?".to_owned(),
        sender,
        recipient: Vec::new(),
        about: String::new(),
        made_on: NaiveDate::default(),
        dated: String::new(),
        page_of: String::new(),
        blocks: Vec::new(),
    };
    render(&tried).is_ok()
}

fn lay_out(house: &House, identity: &str) -> Result<Vec<u8>, EcoVec<SourceDiagnostic>> {
    let document: PagedDocument = typst::compile(house).output?;
    let options = PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
        creator: Smart::Custom(Some("Avvik".to_owned())),
        standards: STANDARDS.clone(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options)
}

/// A document could not be laid out: a fault of the template, not of what the document says. It
/// tells nothing of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderError {
    problems: Vec<String>,
}

impl RenderError {
    /// The layout ended before its time.
    #[must_use]
    pub fn interrupted() -> Self {
        Self { problems: vec!["it was interrupted".to_owned()] }
    }

    fn nothing() -> Self {
        Self { problems: vec!["there is no document".to_owned()] }
    }

    fn new(problems: &[SourceDiagnostic]) -> Self {
        Self { problems: problems.iter().map(|it| it.message.to_string()).collect() }
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document could not be laid out: {}", self.problems.join("; "))
    }
}

impl std::error::Error for RenderError {}

#[cfg(test)]
mod tests;
