"""A stand-in for SvarUt (KS, interface of version 2) and Maskinporten, for tests.

Standard output: first one JSON object with the port of this machine, the account, the integration
and a private key for Maskinporten; then one for each letter that was taken. It checks what the real
ones check: the signed request for permission, the token, the integration and its password, the
account, the fields, and that a PDF file comes with them.

What it does follows from the name of whoever a letter is for: `Lost` is taken and the connection
broken off before the answer, `Wrong` refused (400), `Later` refused once (503), `Expired` refused
once for its permission (401). How far a letter came follows from the place: `Retur` comes back,
`Ukjent` has a status nobody knows, `Venter` is on its way, every other one was read.
"""

import base64
import email
import email.policy
import http.server
import json
import sys
import threading
import time
import urllib.parse
import uuid

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ACCOUNT, INTEGRATION = str(uuid.uuid4()), str(uuid.uuid4())
PASSWORD = sys.argv[1]
STATUSES = {"Retur": "IKKE_LEVERT", "Ukjent": "SENDT_MED_DRONE", "Venter": "VARSLET"}
FIELDS_MAX = {"tittel": 1000, "eksternReferanse": 100, "avgivendeSystem": 100}

lock = threading.Lock()
tokens, seen, taken, refused_once = set(), set(), {}, set()


def tell(thing):
    print(json.dumps(thing), flush=True)


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def is_permitted(assertion):
    """Whether Maskinporten would take a signed request (RFC 7523)."""
    said, _, signature = assertion.rpartition(".")
    KEY.public_key().verify(decoded(signature), said.encode(), padding.PKCS1v15(), hashes.SHA256())
    head, claims = (json.loads(decoded(part)) for part in said.split("."))
    lasts = claims["exp"] - claims["iat"]
    is_new = claims["jti"] not in seen
    seen.add(claims["jti"])
    wanted = {"aud": "https://maskinporten.example/", "iss": "avvik-test", "scope": "ks:fiks"}
    is_so = all(claims[name] == value for name, value in wanted.items())
    return head == {"alg": "RS256", "kid": "key-1"} and is_so and is_new and 0 < lasts <= 120


class Stand(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, thing):
        body = json.dumps(thing).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status):
        whom = "Kari Nordmann, Storgata 1"
        self.answer(status, {"status": status, "errorId": str(uuid.uuid4()), "message": whom})

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def path_in_account(self):
        """What follows the account, once everything that lets in is right; else nothing."""
        url = urllib.parse.urlsplit(self.path)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in tokens:
            return self.refuse(401)
        let_in = self.headers.get("IntegrasjonId"), self.headers.get("IntegrasjonPassord")
        if let_in != (INTEGRATION, PASSWORD):
            return self.refuse(403)
        account = f"/api/v2/kontoer/{ACCOUNT}/"
        if not url.path.startswith(account):
            return self.refuse(404)
        return url.path.removeprefix(account)

    def do_GET(self):
        if self.path_in_account() == "forsendelser":
            query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
            [reference] = query["eksternRef"]
            with lock:
                found = [it for it, letter in taken.items() if letter["eksternReferanse"] == reference]
            self.answer(200, {"forsendelseIds": found})

    def do_POST(self):
        body = self.body()
        if self.path == "/token":
            return self.permit(urllib.parse.parse_qs(body.decode()))
        path = self.path_in_account()
        if path == "forsendelser/status-sok":
            ids = json.loads(body)["forsendelseIds"]
            with lock:
                places = {it: taken[it]["mottaker"]["poststed"] for it in ids if it in taken}
            now = int(time.time() * 1000)
            standing = [
                {"id": it, "status": STATUSES.get(place, "LEST"), "sisteStatusEndring": now}
                for it, place in places.items()
            ]
            self.answer(200, {"statuser": standing})
        elif path == "forsendelser/":
            self.take(body)
        elif path is not None:
            self.refuse(404)

    def permit(self, form):
        grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
        if form["grant_type"] != [grant] or not is_permitted(form["assertion"][0]):
            return self.answer(400, {"error": "invalid_grant"})
        token = str(uuid.uuid4())
        tokens.add(token)
        given = {"access_token": token, "token_type": "Bearer", "expires_in": 119}
        self.answer(200, given)

    def take(self, body):
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = email.message_from_bytes(head + body, policy=email.policy.default).iter_parts()
        named = {part.get_param("name", header="content-disposition"): part for part in parts}
        letter, file = json.loads(named["forsendelse"].get_content()), named["filer_0"]
        name = letter["mottaker"]["navn"].split()[0]
        pdf = file.get_payload(decode=True)
        [document] = letter["dokumenter"]
        is_whole = (
            pdf.startswith(b"%PDF-")
            and file.get_content_type() == document["mimeType"] == "application/pdf"
            and file.get_filename() == document["filnavn"]
            and all(0 < len(letter[field]) <= most for field, most in FIELDS_MAX.items())
            and letter["kunDigitalLevering"] is False
        )
        once = name not in refused_once
        refused_once.add(name)
        if not is_whole or name == "Wrong":
            return self.refuse(400)
        if name == "Later" and once:
            return self.refuse(503)
        if name == "Expired" and once:
            tokens.clear()
            return self.refuse(401)
        called = str(uuid.uuid4())
        with lock:
            taken[called] = letter
        tell(
            {
                "id": called,
                "said": letter,
                "file_name": file.get_filename(),
                "begins": pdf[:8].decode("latin-1"),
                "permissions": len(seen),
            }
        )
        if name == "Lost" and once:
            self.close_connection = True
            return None
        self.answer(200, {"id": called})


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stand)
    key = KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    port = server.server_address[1]
    tell({"port": port, "account": ACCOUNT, "integration": INTEGRATION, "key": key.decode()})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # It ends when its standard input does, so that it never outlives the test.
    sys.stdin.read()


main()
