//! What comes out is held against the standards by tools that are not ours.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use chrono::NaiveDate;
use page_validation::{
    ValidationFailure, ValidationOptions, ValidationProfile, validate_pdf_bytes,
};
use proptest::prelude::*;

use super::*;
use crate::model::{Block, Drawing, Language, Letterhead, Logo, Table};

fn sender() -> Letterhead {
    Letterhead {
        organisation: "Storvik kommune".to_owned(),
        logo: None,
        contact: vec![
            "Postboks 1, 9999 Storvik".to_owned(),
            "personvern@storvik.example".to_owned(),
        ],
    }
}

/// A document with everything that there can be in one.
fn document() -> Document {
    let table = Table {
        caption: "Tiltak".to_owned(),
        columns: ["Tiltak", "Ansvarlig", "Frist"].map(str::to_owned).into(),
        rows: vec![
            ["Slett mobilen", "IKT-leder", "3. mars 2026"].map(str::to_owned).into(),
            vec!["Lær opp avdelingen".to_owned()],
        ],
    };
    Document {
        identity: "2026/17 memo 1".to_owned(),
        language: Language::Nb,
        title: "Saksframlegg: mistet mobil".to_owned(),
        sender: sender(),
        recipient: Vec::new(),
        about: "Sak 2026/17".to_owned(),
        made_on: NaiveDate::from_ymd_opt(2026, 3, 4).unwrap(),
        dated: "4. mars 2026".to_owned(),
        page_of: "Side {page} av {pages}".to_owned(),
        blocks: vec![
            Block::heading("Orientering"),
            Block::text("Blåbærsyltetøy og § 33.\n\nNy linje her\nog her."),
            Block::subheading("Tider"),
            Block::facts([("Skjedde", "2. mars 2026"), ("Oppdaget", "3. mars 2026")]),
            Block::List { items: vec!["Én".to_owned(), "To".to_owned()] },
            Block::Table(table),
            Block::Note { label: "Unntatt".to_owned(), text: "offl. § 13".to_owned() },
        ],
    }
}

fn one_of(text: &str) -> Document {
    Document { blocks: vec![Block::text(text)], ..document() }
}

/// Everything that speaks against the file as PDF/A-2a and as PDF/UA-1.
fn faults(pdf: &[u8]) -> Vec<String> {
    let profiles = [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1];
    let failures = profiles.into_iter().flat_map(|profile| {
        let options = ValidationOptions::default().profile(profile);
        validate_pdf_bytes(pdf, &options).unwrap().failures
    });
    let counted_here = |failure: &ValidationFailure| failure.rule_id.ends_with(":6.1.7.1:1");
    let failures = failures.filter(|failure| !counted_here(failure));
    failures.map(|failure| failure.to_string()).chain(wrong_lengths(pdf)).collect()
}

/// The streams whose length is not what stands there (ISO 19005-2, 6.1.7.1). The validator takes
/// data that end with a carriage return, before the line feed that ends every stream here, for
/// longer than they are.
fn wrong_lengths(pdf: &[u8]) -> Option<String> {
    let find = |from: usize, what: &[u8]| {
        (from..pdf.len()).find(|at| pdf[*at..].starts_with(what)).map(|at| at + what.len())
    };
    let mut at = 0;
    while let Some(number) = find(at, b"/Length ") {
        let digits: String = pdf[number..]
            .iter()
            .map(|it| char::from(*it))
            .take_while(char::is_ascii_digit)
            .collect();
        let begin = find(number, b"stream\n")?;
        at = begin + digits.parse::<usize>().unwrap();
        if !pdf[at..].starts_with(b"\nendstream") {
            return Some(format!("the stream at {begin} is not {digits} bytes long"));
        }
    }
    None
}

/// What a tool says of a file.
struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    fn new(pdf: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("it.pdf"), pdf).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("it.pdf")
    }

    fn told_by(&self, tool: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(tool);
        let ended =
            command.args(arguments).arg(self.path()).output().expect("make test installs it");
        assert!(ended.status.success(), "{tool}: {}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8(ended.stdout).unwrap()
    }
}

#[test]
fn a_document_is_pdf_a_2a_and_pdf_ua_1() {
    let pdf = render(&document()).unwrap();
    assert_eq!(faults(&pdf), [""; 0]);
    let kept = Kept::new(&pdf);
    assert!(kept.told_by("qpdf", &["--check"]).contains("No syntax or stream encoding errors"));
    let about = kept.told_by("pdfinfo", &["-meta"]);
    for said in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "Saksframlegg: mistet mobil",
    ] {
        assert!(about.contains(said), "{said} is not in {about}");
    }
}

#[test]
fn the_validator_finds_what_is_wrong() {
    let pdf = render(&document()).unwrap();
    let marker = b"/StructTreeRoot";
    let places: Vec<usize> =
        (0..pdf.len() - marker.len()).filter(|at| pdf[*at..].starts_with(marker)).collect();
    let mut untagged = pdf;
    for place in places {
        untagged[place + 1] = b'X';
    }
    assert_ne!(faults(&untagged), [""; 0]);
}

#[test]
fn every_letter_is_embedded_and_can_be_copied_out() {
    let kept = Kept::new(&render(&document()).unwrap());
    let fonts = kept.told_by("pdffonts", &[]);
    for font in fonts.lines().skip(2) {
        let columns: Vec<&str> = font.split_whitespace().rev().collect();
        assert_eq!(columns[2..5], ["yes", "yes", "yes"], "embedded, subset, Unicode: {font}");
    }
    let structure = kept.told_by("pdfinfo", &["-struct-text"]);
    for element in ["H1", "H2", "H3", "Table", "TH", "TD", "Caption", "LI"] {
        assert!(structure.contains(element), "{element} is not in {structure}");
    }
    assert!(structure.contains("Blåbærsyltetøy og § 33."), "{structure}");
    assert!(kept.told_by("pdfinfo", &[]).contains("Tagged:          yes"));
}

#[test]
fn the_same_document_gives_the_same_bytes_and_another_identity_others() {
    let bytes = render(&document()).unwrap();
    assert!(bytes == render(&document()).unwrap(), "it is another file the second time");
    let other = Document { identity: "2026/17 memo 2".to_owned(), ..document() };
    assert!(bytes != render(&other).unwrap(), "two documents are one file");
}

#[test]
fn pages_say_which_they_are_of_each_document_of_a_bundle() {
    let long = one_of(&"Et avsnitt som fyller siden.\n\n".repeat(60));
    let pdf = render_bundle(&[long, one_of("Kort.")]).unwrap();
    assert_eq!(faults(&pdf), [""; 0]);
    let kept = Kept::new(&pdf);
    let folder = kept.folder.path().join("it.txt");
    let ended = Command::new("pdftotext").arg("-layout").arg(kept.path()).arg(&folder).status();
    assert!(ended.unwrap().success());
    let text = fs::read_to_string(folder).unwrap();
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    let last = pages.len();
    for (index, page) in pages[..last - 1].iter().enumerate() {
        assert!(page.contains(&format!("Side {} av {}", index + 1, last - 1)), "{page}");
    }
    assert!(pages[last - 1].contains("Side 1 av 1"), "{}", pages[last - 1]);
    let from = sender().organisation;
    let heads: Vec<usize> = pages.iter().map(|page| page.matches(&from).count()).collect();
    assert_eq!(heads, vec![1; last], "a head on each page, and no running one on a first page");
    assert!(render_bundle(&[]).is_err());
}

#[test]
fn what_a_table_is_called_stands_on_the_page_on_which_it_begins() {
    let table = Table {
        caption: "Stille enheter".to_owned(),
        columns: vec!["Kolonne".to_owned()],
        rows: vec![vec!["Rad".to_owned()]; 3],
    };
    let after = |lines: usize| Document {
        blocks: vec![Block::text("Linje.\n".repeat(lines)), Block::Table(table.clone())],
        ..document()
    };
    let pdf = render_bundle(&(25..60).map(after).collect::<Vec<_>>()).unwrap();
    assert_eq!(faults(&pdf), [""; 0]);
    let kept = Kept::new(&pdf);
    let folder = kept.folder.path().join("it.txt");
    let ended = Command::new("pdftotext").arg("-layout").arg(kept.path()).arg(&folder).status();
    assert!(ended.unwrap().success());
    let text = fs::read_to_string(folder).unwrap();
    let named = text.split('\u{c}').filter(|page| page.contains("Stille enheter"));
    let (whole, torn): (Vec<&str>, Vec<&str>) = named.partition(|page| page.contains("Kolonne"));
    assert_eq!((whole.len(), torn), (35, Vec::new()));
}

#[test]
fn whom_a_letter_is_for_stands_where_an_envelope_shows_it() {
    let recipient = vec!["Kari Eksempel".to_owned(), "Strandgata 1".to_owned()];
    let kept = Kept::new(&render(&Document { recipient, ..document() }).unwrap());
    let boxes = kept.folder.path().join("it.html");
    let ended =
        Command::new("pdftotext").args(["-bbox", "-l", "1"]).arg(kept.path()).arg(&boxes).status();
    assert!(ended.unwrap().success());
    let boxes = fs::read_to_string(boxes).unwrap();
    let word = boxes.lines().find(|line| line.contains(">Strandgata<")).unwrap();
    let millimetres = |name: &str| {
        let points = word.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap();
        points.parse::<f64>().unwrap() * 25.4 / 72.0
    };
    assert!((19.0..=22.0).contains(&millimetres("xMin")), "{word}");
    assert!((45.0..=88.0).contains(&millimetres("yMin")), "{word}");
}

#[test]
fn a_mark_says_what_it_shows() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
        <rect width="40" height="20" fill="navy"/></svg>"#;
    let logo = Logo { file: svg.as_slice().into(), alt: "Storvik kommunes våpen".to_owned() };
    let sender = Letterhead { logo: Some(logo), ..sender() };
    let pdf = render(&Document { sender, ..document() }).unwrap();
    assert_eq!(faults(&pdf), [""; 0]);
    assert!(pdf != render(&document()).unwrap(), "the mark is not shown");
}

#[test]
fn a_drawing_is_shown_and_said() {
    let drawing = |width: u32, alt: &str| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 60\" \
             font-family=\"Inter, sans-serif\" font-size=\"12\">\
             <defs><pattern id=\"p\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
             <circle cx=\"3\" cy=\"3\" r=\"1.3\"/></pattern></defs>\
             <text x=\"8\" y=\"20\">Hjemmetjenesten \u{4e2d}\u{e000}\u{202e}</text>\
             <rect x=\"8\" y=\"30\" width=\"{width}\" height=\"11\" fill=\"url(#p)\"/></svg>"
        );
        Block::Drawing(Drawing { svg: svg.into(), alt: alt.to_owned() })
    };
    let with = |drawings: [Block; 2]| {
        let mut document = document();
        document.blocks.extend(drawings);
        document
    };
    let two = || with([drawing(100, "Ti saker i mai"), drawing(200, "")]);
    let pdf = render(&two()).unwrap();
    assert_eq!(faults(&pdf), [""; 0]);
    assert!(pdf == render(&two()).unwrap(), "the same drawings give the same file");
    let other = with([drawing(200, "Ti saker i mai"), drawing(100, "")]);
    assert!(pdf != render(&other).unwrap(), "each stands in its own place");
    let bundle = render_bundle(&[document(), two(), other]).unwrap();
    assert_eq!(faults(&bundle), [""; 0]);
    let kept = Kept::new(&pdf);
    let mut plain = Command::new("qpdf");
    plain.args(["--qdf", "--object-streams=disable"]).arg(kept.path()).arg("-");
    let plain = plain.output().unwrap().stdout;
    assert!(String::from_utf8_lossy(&plain).contains("/Alt (Ti saker i mai)"));
}

#[test]
fn the_language_is_the_documents_own() {
    for (language, tag) in
        [(Language::Nb, "nb"), (Language::Nn, "nn"), (Language::Sv, "sv"), (Language::En, "en")]
    {
        let pdf = render(&Document { language, ..document() }).unwrap();
        assert_eq!(faults(&pdf), [""; 0], "{tag}");
        let kept = Kept::new(&pdf);
        let mut plain = Command::new("qpdf");
        plain.args(["--qdf", "--object-streams=disable"]).arg(kept.path()).arg("-");
        let plain = plain.output().unwrap().stdout;
        let plain = String::from_utf8_lossy(&plain);
        assert!(plain.contains(&format!("/Lang ({tag})")), "{tag}");
    }
}

#[test]
fn hostile_words_are_words() {
    let hostile = [
        "#include \"/etc/passwd\" #panic() $x$ *strong* _it_ `raw` <label> @ref \\ // = Heading",
        "#set page(fill: red)\n#let x = 1\n= == ===\n- - -\n+ +\n/ a: b",
        "\u{202e}omvendt\u{202c}\u{2066}\u{feff}\0\u{1b}[31m\r\n\u{7f}",
        "😀 中文 עברית العربية",
        "</script><b>&amp;\"'{}[]()",
        "{\"blocks\": []}",
    ];
    for words in hostile {
        let pdf = render(&one_of(words)).unwrap();
        assert_eq!(faults(&pdf), [""; 0], "{words:?}");
    }
    let kept = Kept::new(&render(&one_of(hostile[0])).unwrap());
    let shown = kept.told_by("pdfinfo", &["-struct-text"]);
    assert!(shown.contains("#panic()") && shown.contains("*strong*"), "{shown}");
}

#[test]
fn what_is_empty_is_laid_out_empty() {
    let mut empty = one_of("");
    empty.sender.contact.clear();
    empty.about = String::new();
    empty.blocks.extend([
        Block::heading(""),
        Block::facts::<&str, &str>([]),
        Block::List { items: Vec::new() },
        Block::Table(Table {
            caption: String::new(),
            columns: vec![String::new()],
            rows: Vec::new(),
        }),
        Block::Table(Table { caption: "?".to_owned(), columns: Vec::new(), rows: Vec::new() }),
    ]);
    render(&empty).unwrap();
    empty.blocks.clear();
    empty.recipient = vec![String::new()];
    assert_eq!(faults(&render(&empty).unwrap()), [""; 0]);
}

#[test]
fn a_hundred_thousand_letters_without_a_space_are_laid_out() {
    let mut long = one_of(&"x".repeat(100_000));
    long.title = "y".repeat(2_000);
    long.blocks.push(Block::Table(Table {
        caption: "z".repeat(500),
        columns: vec!["å".repeat(300), "b".to_owned()],
        rows: vec![vec!["c".repeat(5_000), String::new()]],
    }));
    assert_eq!(faults(&render(&long).unwrap()), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_words_anywhere_are_laid_out_and_stay_words(words in ".{0,200}", more in "\\PC{0,80}") {
        let mut any = document();
        any.title = format!("T{more}");
        any.about.clone_from(&words);
        any.dated.clone_from(&more);
        any.page_of.clone_from(&words);
        any.recipient = vec![more.clone(), words.clone()];
        any.sender.organisation = format!("O{words}");
        any.blocks = vec![
            Block::heading(format!("H{words}")),
            Block::text(words.clone()),
            Block::facts([(more.clone(), words.clone())]),
            Block::List { items: vec![words.clone(), more.clone()] },
            Block::Note { label: more, text: words },
        ];
        prop_assert_eq!(faults(&render(&any).unwrap()), [""; 0]);
    }
}
