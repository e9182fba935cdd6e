//! Bytes written as hexadecimal, for the files that people open: the master key and the head.

use std::fmt::Write;

/// The bytes in lower-case hexadecimal.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    text
}

/// Fills `bytes` from `text`; false unless the text is exactly as many bytes in hexadecimal.
pub(crate) fn decode(text: &str, bytes: &mut [u8]) -> bool {
    let digits = text.as_bytes();
    if digits.len() != 2 * bytes.len() {
        return false;
    }
    for (pair, byte) in digits.chunks_exact(2).zip(bytes) {
        let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else { return false };
        *byte = high << 4 | low;
    }
    true
}

fn digit(character: u8) -> Option<u8> {
    let value = char::from(character).to_digit(16)?;
    u8::try_from(value).ok()
}
