//! Norwegian identity numbers that could belong to a living person.

/// The numbers in the text that could be somebody's own: eleven digits, together or with a gap
/// after the birth date. Synthetic ones (80 added to the month) are nobody's.
pub(super) fn real_ones(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).collect();
    let together = words.iter().map(|&word| word.to_owned());
    let apart = words
        .windows(2)
        .filter(|pair| pair[0].len() == 6 && pair[1].len() == 5)
        .map(<[&str]>::concat);
    together.chain(apart).filter(|word| could_be_real(word)).collect()
}

fn could_be_real(word: &str) -> bool {
    let digits: Option<Vec<u32>> = word.chars().map(|it| it.to_digit(10)).collect();
    let Some(digits) = digits.filter(|it| it.len() == 11) else { return false };
    let day = 10 * digits[0] + digits[1];
    let month = 10 * digits[2] + digits[3];
    // People without a birth number have a D-number: 40 added to the day.
    let dated = matches!(day, 1..=31 | 41..=71) && matches!(month, 1..=12);
    dated && control_digits(&digits[..9]) == Some([digits[9], digits[10]])
}

/// The last two digits, which follow from the first nine; some nine digits have none.
fn control_digits(first_nine: &[u32]) -> Option<[u32; 2]> {
    let control = |digits: &[u32], weights: &[u32]| {
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        Some((11 - sum % 11) % 11).filter(|it| *it != 10)
    };
    let first = control(first_nine, &[3, 7, 6, 1, 8, 9, 4, 5, 2])?;
    let second = control(&[first_nine, &[first]].concat(), &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])?;
    Some([first, second])
}

/// A number with the right control digits for this birth date, so that none is written here.
fn number_born(date: &str) -> String {
    let first_nine = |individual: u32| -> Vec<u32> {
        let text = format!("{date}{individual:03}");
        text.chars().map(|it| it.to_digit(10).unwrap()).collect()
    };
    let digits = (500..)
        .map(first_nine)
        .find_map(|nine| control_digits(&nine).map(|two| [nine, two.to_vec()].concat()));
    digits.unwrap().iter().map(u32::to_string).collect()
}

#[test]
fn a_real_number_is_found() {
    for date in ["010190", "311299", "410190"] {
        let number = number_born(date);
        let apart = format!("{} {}", &number[..6], &number[6..]);
        assert_eq!(real_ones(&format!("fnr: \"{number}\",")), [number.as_str()]);
        assert_eq!(real_ones(&apart), [number.as_str()]);
    }
}

#[test]
fn what_is_nobodys_number_passes() {
    let synthetic = number_born("018190");
    let number = number_born("010190");
    let last = number[10..].parse::<u32>().unwrap();
    let mistyped = format!("{}{}", &number[..10], (last + 1) % 10);
    let within_longer = format!("1{number}");
    for text in [synthetic, mistyped, within_longer, "2026-03-27".to_owned()] {
        assert_eq!(real_ones(&text), [""; 0], "in {text:?}");
    }
}
