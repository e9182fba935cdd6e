//! The few cookies there are.

use axum::http::HeaderValue;
use axum::http::header::{COOKIE, HeaderMap};

/// The cookie that holds the session's token.
pub(crate) const SESSION: &str = "avvik_session";

/// The value of the cookie called `name`.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(given, value)| (given == name).then_some(value))
}

/// Sets the session's cookie, until the browser is closed. `SameSite` is Lax, since Strict would
/// ask people to sign in anew when they follow the link in a mail; other sites' forms are kept out
/// by `security.rs` and by the token in each form.
pub(crate) fn set_session(token: &str, is_secure: bool) -> HeaderValue {
    cookie(token, "", is_secure)
}

/// Takes the session's cookie away.
pub(crate) fn clear_session(is_secure: bool) -> HeaderValue {
    cookie("", "; Max-Age=0", is_secure)
}

fn cookie(value: &str, lifetime: &str, is_secure: bool) -> HeaderValue {
    let secure = if is_secure { "; Secure" } else { "" };
    format!("{SESSION}={value}; Path=/; HttpOnly; SameSite=Lax{lifetime}{secure}")
        .parse()
        .expect("a session token is hexadecimal or base64, and the rest is fixed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "other=1; avvik_session=abc".parse().unwrap());
        headers.append(COOKIE, "third=x=y".parse().unwrap());
        assert_eq!(read(&headers, SESSION), Some("abc"));
        assert_eq!(read(&headers, "third"), Some("x=y"));
        assert_eq!(read(&headers, "session"), None);
    }

    #[test]
    fn off_loopback_the_cookie_travels_encrypted_only() {
        assert_eq!(
            set_session("abc", true),
            "avvik_session=abc; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            clear_session(false),
            "avvik_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }
}
