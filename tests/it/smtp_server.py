"""A mail server for tests: takes messages on a free port of this machine and tells what it took.

Standard output: the port, then one JSON object a line for each message, as Python's own mail parser
reads it. Recipients beginning with `refuse-` are refused for good (550), `later-` for now (451).
It ends when its standard input does, so that it never outlives the test.
"""

import argparse
import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import warnings

try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    sys.exit("aiosmtpd is missing: run `make target/python/installed`")


def tell(line):
    print(line, flush=True)


class Mailbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse-"):
            return f"550 <{address}> is not known here"
        if address.startswith("later-"):
            return f"451 <{address}> cannot be reached now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        taken = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": [[name, str(value)] for name, value in message.items()],
            "text": message.get_content(),
            "encrypted": server.transport.get_extra_info("ssl_object") is not None,
            "signed_in": bool(session.authenticated),
        }
        tell(json.dumps(taken))
        return "250 OK"


def encryption(arguments):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(arguments.certificate, arguments.key)
    return context


def sign_in(arguments):
    def check(server, session, envelope, mechanism, given):
        wanted = (arguments.user.encode(), arguments.password.encode())
        known = (given.login, given.password) == wanted
        # Not "handled": the server shall say no itself.
        return AuthResult(success=known, handled=known)

    return {"authenticator": check, "auth_required": True, "auth_require_tls": False}


async def serve(arguments):
    context = encryption(arguments) if arguments.certificate else None
    options = sign_in(arguments) if arguments.user else {}
    if context and not arguments.tls:
        options |= {"tls_context": context, "require_starttls": True}

    def connection():
        return SMTP(Mailbox(), hostname="mail.example.org", **options)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        connection, "127.0.0.1", 0, ssl=context if arguments.tls else None
    )
    ended = asyncio.Event()
    loop.add_reader(sys.stdin, ended.set)
    tell(server.sockets[0].getsockname()[1])
    await ended.wait()


def main():
    # It warns of a sign-in without TLS, which some tests are about.
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificate", help="PEM file; offers STARTTLS and insists on it")
    parser.add_argument("--key", help="PEM file of the certificate's key")
    parser.add_argument("--tls", action="store_true", help="TLS from the first byte instead")
    parser.add_argument("--user", help="insists on a sign-in as this user")
    parser.add_argument("--password", help="the user's password")
    asyncio.run(serve(parser.parse_args()))


main()
