//! What documents cost: the first one, letters one by one on one thread and on two, and ten
//! thousand letters in bundles, with the memory it takes.

use std::thread;
use std::time::Instant;

use chrono::NaiveDate;
use documents::{Block, Document, Language, Letterhead, render, render_bundle};

use crate::Outcome;
use crate::figures::milliseconds;

/// Letters that are laid out one by one.
const LETTERS: usize = 200;

/// Letters to many, in bundles as they are printed.
const MANY: usize = 10_000;
const BUNDLE: usize = 100;

pub(crate) fn measure() -> Outcome<()> {
    let began = Instant::now();
    let first = render(&letter(0))?;
    println!("Documents: a letter of two pages, {} bytes", first.len());
    println!("  the first, from a cold start: {}", milliseconds(began.elapsed()));
    for threads in [1, 2] {
        let began = Instant::now();
        on_threads(threads, LETTERS, |number| render(&letter(number)).map(drop))?;
        println!("  different letters, {threads} at a time: {:.0}/s", rate(LETTERS, began));
    }
    let began = Instant::now();
    on_threads(2, MANY / BUNDLE, |bundle| {
        let letters: Vec<Document> = (0..BUNDLE).map(|it| letter(bundle * BUNDLE + it)).collect();
        render_bundle(&letters).map(drop)
    })?;
    println!("  {MANY} letters in bundles of {BUNDLE}, 2 at a time: {:.0}/s", rate(MANY, began));
    println!("  most memory that was resident: {} kB", resident_at_most()?);
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a rate is rounded anyway")]
fn rate(count: usize, began: Instant) -> f64 {
    count as f64 / began.elapsed().as_secs_f64()
}

/// Does it for every number, so many at a time.
fn on_threads(
    threads: usize,
    count: usize,
    each: impl Fn(usize) -> Result<(), documents::RenderError> + Sync,
) -> Outcome<()> {
    thread::scope(|scope| {
        let each = &each;
        let started: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || (thread..count).step_by(threads).try_for_each(each)))
            .collect();
        for thread in started {
            thread.join().expect("laying out does not panic")?;
        }
        Ok(())
    })
}

/// A letter as a municipality writes it, each to somebody else.
fn letter(number: usize) -> Document {
    let said = "Vi skriver til deg fordi opplysninger om deg kom på avveie. En telefon med \
                journalnotater ble glemt på bussen. Vi har slettet innholdet fra avstand, og vi \
                har ikke sett tegn til at noen har lest det.";
    let part = |heading: &str| {
        [Block::heading(heading), Block::text(format!("{said}\n\n{said} Saken har {number}."))]
    };
    let headings = [
        "Hva skjedde?",
        "Hva kan det føre til?",
        "Hva har vi gjort?",
        "Hva kan du gjøre?",
        "Hvem kan du spørre?",
    ];
    Document {
        identity: format!("letter {number}"),
        language: Language::Nb,
        title: "Informasjon om brudd på personopplysningssikkerheten".to_owned(),
        sender: Letterhead {
            organisation: "Storvik kommune".to_owned(),
            logo: None,
            contact: vec!["Postboks 1, 9999 Storvik".to_owned()],
        },
        recipient: vec![
            format!("Mottaker {number}"),
            format!("Strandgata {number}"),
            "9999 Storvik".to_owned(),
        ],
        about: "Sak 2026/17".to_owned(),
        made_on: NaiveDate::from_ymd_opt(2026, 3, 4).expect("it is a day"),
        dated: "4. mars 2026".to_owned(),
        page_of: "Side {page} av {pages}".to_owned(),
        blocks: headings.into_iter().flat_map(part).collect(),
    }
}

/// The most that this process ever held, in kB.
fn resident_at_most() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or("the system does not say")?.parse()?)
}
