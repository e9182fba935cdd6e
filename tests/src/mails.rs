//! The mails that lie in a service's folder, as people read them.

use crate::Running;
use crate::running::eventually;

/// The text of the mail to `address` that says `words`, once it has gone out.
pub async fn mailed(running: &Running, address: &str, words: &str) -> String {
    eventually("a mail", async || {
        running.service().dispatch_once().await;
        let to = |mail: &String| mail.contains(&format!("To: {address}"));
        let texts = running.mails().into_iter().filter(to).map(|mail| text_of(&mail));
        texts.into_iter().find(|text| text.contains(words))
    })
    .await
}

/// The page that the secret link in a mail leads to, as a path.
///
/// # Panics
/// If there is no such link of 256 bits in the mail.
#[must_use]
pub fn answer_page(mail: &str) -> String {
    let (_, after) = mail.split_once("/answer/").expect("a link stands in the mail");
    let secret: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
    assert_eq!(secret.len(), 64, "256 bits");
    format!("/answer/{secret}")
}

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
