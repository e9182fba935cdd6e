//! Decimal digits of every script: a keyboard set to another script, or a file, writes the same
//! number with other characters.

/// The zero of each script that Unicode gives decimal digits (its category Nd, as of version 16);
/// one to nine follow it.
const ZEROS: [char; 75] = [
    '0',
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{10d40}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{116d0}',
    '\u{116da}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11bf0}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{11f50}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{16d70}',
    '\u{1ccf0}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e4f0}',
    '\u{1e5f1}',
    '\u{1e950}',
    '\u{1fbf0}',
];

/// What a decimal digit is worth. Raised, lowered and circled figures are none: they stand beside
/// a number, as those of footnotes do, and are no part of it.
pub(super) fn value(it: char) -> Option<u32> {
    let zero = *ZEROS[..ZEROS.partition_point(|zero| *zero <= it)].last()?;
    let value = u32::from(it) - u32::from(zero);
    (value < 10).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_follow_each_zero_and_none_is_a_digit_of_two() {
        assert!(ZEROS.is_sorted_by(|one, next| u32::from(*one) + 10 <= u32::from(*next)));
        for zero in ZEROS {
            for worth in 0..10 {
                let digit = char::from_u32(u32::from(zero) + worth).unwrap();
                assert!(digit.is_numeric(), "{digit:?}");
                assert_eq!(value(digit), Some(worth));
            }
        }
    }

    #[test]
    fn figures_beside_a_number_and_letters_are_no_digits() {
        for it in ['²', '₂', '②', '½', 'Ⅳ', '/', ':', 'a', 'å', '\u{ff0f}', '\u{ff1a}', '〇']
        {
            assert_eq!(value(it), None, "{it:?}");
        }
    }
}
