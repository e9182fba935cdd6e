//! A small HTTP client: one connection a request, cookies kept, redirects shown and not followed.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Mutex;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{
    AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, HOST, HeaderName, LOCATION,
    SET_COOKIE,
};
use hyper::{HeaderMap, Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpSocket;

use crate::people::{PASSWORD, Person};

/// Somebody at a browser or a program with a token.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    bearer: Option<String>,
    cookies: Mutex<BTreeMap<String, String>>,
    /// Where its connections come from; any address of this machine when absent.
    from: Option<IpAddr>,
    /// Headers that go with everything it sends.
    headers: Vec<(HeaderName, String)>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as text; as much of it as is text, of a file that is handed out.
    pub text: String,
    /// The body.
    pub body: Bytes,
}

/// What stands between the parts of a form that files are sent with.
const BOUNDARY: &str = "---------------------------735323031399963166993862150";

/// A file as a browser sends it.
#[derive(Debug, Clone)]
pub struct File {
    /// The field it was chosen in.
    pub field: String,
    /// What it is called.
    pub name: String,
    /// The media type the browser says.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file chosen in the field `files`.
    #[must_use]
    pub fn new(name: &str, kind: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let field = "files".to_owned();
        Self { field, name: name.to_owned(), kind: kind.to_owned(), bytes: bytes.into() }
    }
}

/// A request to be sent.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// The path with its query.
    pub path: String,
    /// Headers beside the client's own.
    pub headers: Vec<(HeaderName, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Asked {
    /// A request without a body.
    #[must_use]
    pub fn new(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    /// The same with a header more.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same with JSON as its body.
    #[must_use]
    pub fn with_json(self, body: &Value) -> Self {
        Self { body: body.to_string().into_bytes(), ..self.with(CONTENT_TYPE, "application/json") }
    }

    /// The same with a form's fields and files as its body.
    #[must_use]
    pub fn with_files(self, fields: &[(String, String)], files: &[File]) -> Self {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        for File { field, name, kind, bytes } in files {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; \
                 filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
            );
            body.extend_from_slice(part.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        Self { body, ..self.with(CONTENT_TYPE, &kind) }
    }

    /// The same with a form's fields as its body.
    #[must_use]
    pub fn with_form(self, fields: &[(String, String)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let asked = self.with(CONTENT_TYPE, "application/x-www-form-urlencoded");
        Self { body: body.into_bytes(), ..asked }
    }
}

impl Client {
    /// Somebody who asks the service at an address, through a program if they are named.
    #[must_use]
    pub fn new(address: SocketAddr, bearer: Option<&Person>) -> Self {
        let bearer = bearer.map(|person| person.token.clone());
        let (cookies, headers) = (Mutex::default(), Vec::new());
        Self { address, bearer, cookies, from: None, headers }
    }

    /// The same, connecting from an address of this machine.
    #[must_use]
    pub fn connecting_from(self, from: IpAddr) -> Self {
        Self { from: Some(from), ..self }
    }

    /// The same, with a header on everything it sends.
    #[must_use]
    pub fn always_with(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Asked::new(Method::GET, path)).await
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Asked::new(Method::POST, path).with_json(body)).await
    }

    /// Sends a form, with exactly these fields.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = owned(fields);
        self.send(Asked::new(Method::POST, path).with_form(&fields)).await
    }

    /// Opens `page`, fills in its form that goes to `action`, and sends it with the hidden fields
    /// it came with. What is filled in wins over what stood there.
    ///
    /// # Panics
    /// If the page has no such form.
    pub async fn fill_in(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let opened = self.get(page).await;
        let form = opened.form(action);
        let form = form.unwrap_or_else(|| panic!("{page} has no form to {action}: {opened:?}"));
        let filled_in = |name: &String| fields.iter().any(|(filled, _)| filled == name);
        let mut all = hidden_fields(form);
        all.retain(|(name, _)| !filled_in(name));
        all.extend(owned(fields));
        self.send(Asked::new(Method::POST, action).with_form(&all)).await
    }

    /// Signs in with name and password; the cookie is kept.
    ///
    /// # Panics
    /// If it is refused.
    pub async fn sign_in(&self, person: &Person) {
        let fields = [("name", person.sign_in_name.as_str()), ("password", PASSWORD)];
        let answer = self.fill_in("/sign-in", "/sign-in", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "signing in: {answer:?}");
    }

    /// Sends any request.
    ///
    /// # Panics
    /// If no answer comes back, or one that is not text.
    pub async fn send(&self, asked: Asked) -> Answer {
        self.try_send(asked).await.expect("an answer comes back")
    }

    /// Sends any request to a service that may be gone before it answers.
    ///
    /// # Errors
    /// If no whole answer comes back: nobody listens, or the connection breaks.
    ///
    /// # Panics
    /// If the answer is not text.
    pub async fn try_send(&self, asked: Asked) -> io::Result<Answer> {
        let request = self.request(asked);
        let socket = TcpSocket::new_v4()?;
        if let Some(from) = self.from {
            socket.bind(SocketAddr::from((from, 0)))?;
        }
        let stream = socket.connect(self.address).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .map_err(io::Error::other)?;
        // Ends with the sender; what goes wrong shows in the answer.
        let connection = tokio::spawn(connection);
        let response = sender.send_request(request).await.map_err(io::Error::other)?;
        let (head, body) = response.into_parts();
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        drop(sender);
        let _ = connection.await;
        self.keep_cookies(&head.headers);
        let text = match String::from_utf8(body.to_vec()) {
            Err(_) if head.headers.contains_key(CONTENT_DISPOSITION) => {
                String::from_utf8_lossy(&body).into_owned()
            }
            text => text.expect("every page is UTF-8"),
        };
        Ok(Answer { status: head.status, headers: head.headers, text, body })
    }

    fn request(&self, asked: Asked) -> Request<Full<Bytes>> {
        let mut request = Request::builder()
            .method(asked.method)
            .uri(asked.path)
            .header(HOST, self.address.to_string());
        if let Some(token) = &self.bearer {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let cookies = self.cookies.lock().expect("nobody panics while holding it").clone();
        if !cookies.is_empty() {
            let all: Vec<_> =
                cookies.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, all.join("; "));
        }
        for (name, value) in self.headers.iter().cloned().chain(asked.headers) {
            request = request.header(name, value);
        }
        request.body(Full::from(asked.body)).expect("the test's request is well-formed")
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().expect("nobody panics while holding it");
        for header in headers.get_all(SET_COOKIE) {
            let header = header.to_str().expect("our cookies are ASCII");
            let (cookie, rest) = header.split_once(';').unwrap_or((header, ""));
            let (name, value) = cookie.split_once('=').expect("a cookie has a name");
            if value.is_empty() || rest.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The cookies as they are kept, for tests that tamper with them or lose them.
    ///
    /// # Panics
    /// Never: nobody panics while holding them.
    pub fn cookies(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().expect("nobody panics while holding it")
    }
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// If it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The value of a header; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where a redirect leads.
    #[must_use]
    pub fn location(&self) -> &str {
        self.header(&LOCATION)
    }

    /// The same answer, if it has that status.
    ///
    /// # Panics
    /// If it has another.
    #[must_use]
    #[track_caller]
    pub fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The page's form that goes to `action`: what stands between its tags.
    #[must_use]
    pub fn form(&self, action: &str) -> Option<&str> {
        let forms = self.text.split("<form").skip(1).filter_map(|it| it.split("</form>").next());
        let mut forms = forms.filter_map(|form| form.split_once('>'));
        forms.find(|(tag, _)| attribute(tag, "action") == Some(action.to_owned())).map(|it| it.1)
    }
}

/// The names and values of a form's hidden fields.
fn hidden_fields(form: &str) -> Vec<(String, String)> {
    let inputs = form.split("<input").skip(1).filter_map(|it| it.split('>').next());
    inputs
        .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
        .filter_map(|tag| {
            Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
        })
        .collect()
}

pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next()?))
}

/// Text as it was before it was written into a page.
pub(crate) fn unescaped(text: &str) -> String {
    let entities =
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
