//! Where the service listens, and what it is called in links.

use std::net::{Ipv4Addr, SocketAddr};

use super::reader::Reader;
use super::value::Value;

/// Where the service listens, and what it is called in links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerSettings {
    /// The address and port it answers on.
    pub(crate) listen: SocketAddr,
    /// Whether a proxy of the organisation's own passes every request on, and says whence it came.
    pub(crate) is_behind_proxy: bool,
    /// What links in mails begin with, where that is not the address itself.
    base_url: Option<String>,
}

/// The service listens on every address of the machine, and links need one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoBaseUrl;

const LISTEN: &str = "an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080";
const BASE_URL: &str =
    "http:// or https:// and a host, without a path, such as https://avvik.example.org";

impl ServerSettings {
    pub(super) fn ask(reader: &mut Reader) -> Self {
        let standard = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
        Self {
            listen: reader
                .ask("server", "listen", LISTEN, |value| value.text()?.parse().ok())
                .unwrap_or(standard),
            is_behind_proxy: reader
                .ask("server", "behind_proxy", super::TRUTH, Value::truth)
                .unwrap_or(false),
            base_url: reader.ask("server", "base_url", BASE_URL, base_url),
        }
    }

    /// What links begin with, without a slash at the end, for a service that listens on `bound`.
    pub(crate) fn base_url(&self, bound: SocketAddr) -> Result<String, NoBaseUrl> {
        match &self.base_url {
            Some(base_url) => Ok(base_url.clone()),
            None if bound.ip().is_unspecified() => Err(NoBaseUrl),
            None => Ok(format!("http://{bound}")),
        }
    }
}

fn base_url(value: &Value) -> Option<String> {
    let text = value.text()?;
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | ':' | '[' | ']');
    let is_host = host.starts_with(|it: char| it.is_ascii_alphanumeric() || it == '[');
    (is_host && host.chars().all(fits)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        base_url(&Value::Text(text.to_owned()))
    }

    #[test]
    fn a_base_url_is_a_scheme_and_a_host() {
        assert_eq!(
            read("https://avvik.example.org/"),
            Some("https://avvik.example.org".to_owned())
        );
        assert_eq!(read("http://[::1]:8080"), Some("http://[::1]:8080".to_owned()));
        for text in ["avvik.example.org", "ftp://x", "https://", "https://x/avvik", "https://a b"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_base_url_follows_the_address_unless_that_is_every_address() {
        let mut settings = ServerSettings {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            is_behind_proxy: false,
            base_url: None,
        };
        let bound = SocketAddr::from(([127, 0, 0, 1], 4711));
        let everywhere = SocketAddr::from(([0, 0, 0, 0], 8080));
        assert_eq!(settings.base_url(bound), Ok("http://127.0.0.1:4711".to_owned()));
        assert_eq!(settings.base_url(everywhere), Err(NoBaseUrl));
        settings.base_url = Some("https://avvik.example.org".to_owned());
        assert_eq!(settings.base_url(everywhere), Ok("https://avvik.example.org".to_owned()));
    }
}
