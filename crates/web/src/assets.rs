//! Styles, typeface, icon and the script that copies: embedded in the binary, and cached by
//! browsers for good, since their address holds a hash of all that is served.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::fault::Fault;

/// One file, as it is served.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const WOFF2: &str = "font/woff2";
const TEXT: &str = "text/plain; charset=utf-8";

macro_rules! package {
    ($path:literal) => {
        include_bytes!(concat!("../node_modules/", $path))
    };
}

/// Everything that is served. Styles name the fonts relative to themselves.
static ASSETS: [Asset; 10] = [
    Asset {
        name: "designsystemet.css",
        content_type: CSS,
        bytes: package!("@digdir/designsystemet-css/dist/src/index.css"),
    },
    Asset {
        name: "theme.css",
        content_type: CSS,
        bytes: package!("@digdir/designsystemet-css/dist/theme/designsystemet.css"),
    },
    Asset { name: "avvik.css", content_type: CSS, bytes: include_bytes!("../assets/avvik.css") },
    Asset { name: "copy.js", content_type: SCRIPT, bytes: include_bytes!("../assets/copy.js") },
    Asset {
        name: "icon.svg",
        content_type: "image/svg+xml",
        bytes: include_bytes!("../assets/icon.svg"),
    },
    Asset {
        name: "inter-400.woff2",
        content_type: WOFF2,
        bytes: package!("@fontsource/inter/files/inter-latin-400-normal.woff2"),
    },
    Asset {
        name: "inter-500.woff2",
        content_type: WOFF2,
        bytes: package!("@fontsource/inter/files/inter-latin-500-normal.woff2"),
    },
    Asset {
        name: "inter-600.woff2",
        content_type: WOFF2,
        bytes: package!("@fontsource/inter/files/inter-latin-600-normal.woff2"),
    },
    Asset {
        name: "inter-licence.txt",
        content_type: TEXT,
        bytes: package!("@fontsource/inter/LICENSE"),
    },
    Asset {
        name: "designsystemet-licence.txt",
        content_type: TEXT,
        bytes: package!("@digdir/designsystemet-css/LICENSE"),
    },
];

/// The first half of the SHA-256 of every file, in hexadecimal.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    for asset in &ASSETS {
        hasher.update(asset.bytes);
    }
    hasher.finalize()[..16].iter().fold(String::new(), |mut hash, byte| {
        write!(hash, "{byte:02x}").expect("a String takes whatever is written");
        hash
    })
});

/// The address of a file.
pub(crate) fn address(name: &str) -> String {
    debug_assert!(ASSETS.iter().any(|asset| asset.name == name), "there is no asset {name}");
    format!("/assets/{}/{name}", *HASH)
}

/// `GET /assets/{hash}/{name}`
pub(crate) async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name && hash == *HASH) {
        Some(asset) => {
            let headers = [
                (CONTENT_TYPE, asset.content_type),
                (CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, asset.bytes).into_response()
        }
        None => Fault::NotFound.into_response(),
    }
}
