//! What is an identity number and what is not: published test vectors, and the ordinary numbers of
//! an office.

use super::*;

/// Test vectors published with navikt/fnrvalidator and the population register's description of
/// the numbers from 2032. In halves: a whole one that looks real stands in no file of ours.
const RIGHT: [(&str, &str, Kind); 14] = [
    ("020132", "99997", Kind::Fodselsnummer),
    ("301082", "99920", Kind::Fodselsnummer),
    ("301082", "99939", Kind::Fodselsnummer),
    ("701082", "99914", Kind::DNumber),
    ("130972", "48022", Kind::Fodselsnummer),
    ("290296", "48784", Kind::Fodselsnummer),
    ("290200", "75838", Kind::Fodselsnummer),
    ("150219", "51940", Kind::Fodselsnummer),
    ("530972", "48016", Kind::DNumber),
    ("135272", "48013", Kind::Fodselsnummer),
    ("109155", "96784", Kind::Fodselsnummer),
    ("684670", "38838", Kind::DNumber),
    ("508462", "02355", Kind::DNumber),
    ("812345", "67802", Kind::FhNumber),
];

/// Published as wrong: a check digit, a day or a month.
const WRONG: [(&str, &str); 8] = [
    ("020132", "99987"),
    ("020132", "99996"),
    ("290201", "12345"),
    ("130972", "48032"),
    ("130972", "48023"),
    ("321272", "48022"),
    ("131372", "48022"),
    ("290299", "00157"),
];

fn kinds(text: &str) -> Vec<Kind> {
    find(text).into_iter().map(|it| it.kind).collect()
}

#[test]
fn published_numbers_are_found_however_they_are_grouped() {
    for (date, rest, kind) in RIGHT {
        let spelt: Vec<String> = format!("{date}{rest}").chars().map(String::from).collect();
        for written in [
            format!("{date}{rest}"),
            format!("{date} {rest}"),
            format!("{date}-{rest}"),
            format!("{date} - {rest}"),
            format!("{date}\u{a0}{rest}"),
            format!("{date}\n{rest}"),
            format!("{}.{}.{} {rest}", &date[..2], &date[2..4], &date[4..]),
            format!("{date} {} {}", &rest[..3], &rest[3..]),
            format!("{date}\u{200b}{rest}"),
            format!("{date}\u{202e}\u{200f}{rest}"),
            spelt.join(" "),
        ] {
            let text = format!("Fødselsnummer: {written}, født i fjor.");
            assert_eq!(kinds(&text), [kind], "{written:?}");
            assert_eq!(&text[find(&text)[0].at.clone()], written);
        }
        assert_eq!(kinds(&format!("fnr{date}{rest}")), [kind], "right behind a word");
        assert_eq!(kinds(&format!("1{date}{rest}")), [], "{date}: within a longer number");
    }
}

#[test]
fn numbers_are_found_in_the_digits_of_every_script() {
    let in_script = |text: &str, zero: u32| -> String {
        let digit = |it: char| it.to_digit(10).and_then(|digit| char::from_u32(zero + digit));
        text.chars().map(|it| digit(it).unwrap_or(it)).collect()
    };
    // Wide as Chinese characters, Arabic, Persian, Devanagari, and bold as in formulas.
    for zero in [0xff10, 0x660, 0x6f0, 0x966, 0x1d7ce] {
        for (date, rest, kind) in RIGHT {
            let half_each = format!("{date}{}", in_script(rest, zero));
            let wide_gap = in_script(&format!("{date}\u{ff0d}{rest}"), zero);
            for written in [in_script(&format!("{date} {rest}"), zero), half_each, wide_gap] {
                let text = format!("Fødselsnummer: {written}, født i fjor.");
                assert_eq!(kinds(&text), [kind], "{written:?}");
                assert_eq!(&text[find(&text)[0].at.clone()], written);
            }
        }
        for (date, rest) in WRONG {
            assert_eq!(kinds(&in_script(&format!("{date}{rest}"), zero)), [], "{date}");
        }
        let swedish = in_script("121212\u{ff0b}1212", zero);
        assert_eq!(kinds(&swedish), [Kind::Personnummer], "{swedish:?}");
        assert_eq!(kinds(&in_script("+4710915596784", zero)), [], "a telephone number");
    }
    assert_eq!(kinds("Fødselsnummer 10915596784²."), [Kind::Fodselsnummer], "with a footnote");
}

#[test]
fn published_mistakes_are_not_found() {
    for (date, rest) in WRONG {
        assert_eq!(kinds(&format!("{date}{rest}")), [], "{date}");
        assert_eq!(kinds(&format!("{date} {rest}")), [], "{date}");
    }
}

#[test]
fn swedish_numbers_are_found_in_their_forms() {
    // Made up by the rule, with days and check digits that were never given out.
    for (written, kind) in [
        ("121212-1212", Kind::Personnummer),
        ("121212+1212", Kind::Personnummer),
        ("1212121212", Kind::Personnummer),
        ("20121212-1212", Kind::Personnummer),
        ("201212121212", Kind::Personnummer),
        ("121212 1212", Kind::Personnummer),
        ("19121212+1212", Kind::Personnummer),
        ("701063-2391", Kind::Samordningsnummer),
        ("197010632391", Kind::Samordningsnummer),
    ] {
        assert_eq!(kinds(&format!("Personnummer {written}.")), [kind], "{written}");
    }
    for written in ["121212-1213", "556036-0793", "2021004748", "121312-1212", "121212/121"] {
        assert_eq!(kinds(written), [], "{written}");
    }
}

#[test]
fn several_are_found_each_at_its_place() {
    let text = "Først 10915596784, så 121212-1212 og 109155 96784.";
    let places: Vec<&str> = find(text).into_iter().map(|it| &text[it.at]).collect();
    assert_eq!(places, ["10915596784", "121212-1212", "109155 96784"]);
    assert_eq!(find(""), []);
}

/// Numbers as offices write them, none of which is somebody's.
const ORDINARY: &str = include_str!("ordinary_numbers.txt");

#[test]
fn no_ordinary_number_is_taken_for_somebodys() {
    let lines: Vec<&str> = ORDINARY.lines().filter(|line| !line.starts_with('#')).collect();
    let alarms: Vec<&&str> = lines.iter().filter(|line| is_in(line)).collect();
    println!("{} false alarms on {} lines with ordinary numbers", alarms.len(), lines.len());
    assert!(200 <= lines.len(), "only {} lines", lines.len());
    assert_eq!(alarms, Vec::<&&str>::new());
}

/// Of bare numbers of eleven digits nothing but their digits speaks, and an account's last digit
/// is that of a birth number. How often they are taken for one is known and bounded.
#[test]
fn bare_accounts_are_seldom_taken_for_somebodys() {
    let accounts = bare_accounts(10_000);
    let alarms = accounts.iter().filter(|account| is_in(account)).count();
    println!("{alarms} false alarms on {} bare account numbers", accounts.len());
    assert!(alarms < 1_000, "{alarms}");
    let named = accounts.iter().filter(|it| is_in(&format!("Kontonr.: {it}"))).count();
    let grouped =
        accounts.iter().filter(|it| is_in(&format!("{} {} {}", &it[..4], &it[4..6], &it[6..])));
    assert_eq!((named, grouped.count()), (0, 0), "named as accounts, or grouped as they are");
}

/// Account numbers with the right check digit, spread evenly over all there can be.
fn bare_accounts(count: u64) -> Vec<String> {
    let made = (0..).map(|number: u64| number * 7_919_777 % 10_000_000_000);
    let checked = made.filter_map(|ten| {
        let digits: Vec<u32> =
            format!("{ten:010}").chars().filter_map(|it| it.to_digit(10)).collect();
        let weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        let check = (11 - sum % 11) % 11;
        (check < 10).then(|| format!("{ten:010}{check}"))
    });
    checked.take(usize::try_from(count).expect("a few thousand")).collect()
}

#[test]
fn a_field_for_an_identity_number_holds_one_and_nothing_else() {
    assert!(is_norwegian("10915596784") && is_norwegian(&["530972", "48016"].concat()));
    for wrong in ["", "109155 96784", "10915596785", " 10915596784", "1091559678", "81234567802"] {
        assert!(!is_norwegian(wrong), "{wrong:?}");
    }
}
