//! A mail that lies in a folder, as people read it.

/// The text of a mail: what stands below the headers, decoded.
#[must_use]
pub fn text_of(mail: &str) -> String {
    let lines = mail.replace("\r\n", "\n");
    let (headers, body) = lines.split_once("\n\n").unwrap_or((&lines, ""));
    if headers.contains("Content-Transfer-Encoding: quoted-printable") {
        decoded(&body.replace("=\n", ""))
    } else {
        body.to_owned()
    }
}

/// Each `=C3` as the byte it stands for (RFC 2045, 6.7).
fn decoded(quoted: &str) -> String {
    let mut parts = quoted.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (byte, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(byte, 16).expect("two hexadecimal digits follow"));
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).expect("our mails are UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_put_together_again() {
        let mail = "Subject: x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                    F=C3=A5r du =\r\ndenne=3F\r\n";
        assert_eq!(text_of(mail), "Får du denne?\n");
    }
}
