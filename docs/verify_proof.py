"""Checks an evidence pack made by `avvik proof`: verify_proof.py PACK.zip [PUBLIC-KEY-FILE]

Shares no code with the service, and needs Python 3.11 and the package `cryptography` alone.
Exit code 0: it holds; anything else: it does not, or it could not be read.
"""
import base64, hashlib, json, sys, uuid, zipfile
from datetime import datetime, timedelta
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def raw(text): return base64.b64decode(text, validate=True)
def need(holds, fault):
    if not holds: sys.exit(f"The evidence does NOT hold: {fault}.")

def signed(note, key_text):  # C2SP signed-note and tlog-checkpoint: size, root
    body, signatures = note.split("\n\n")
    name, number, key = key_text.strip().split("+", 2)
    key = raw(key)
    need(key[0] == 1 and sha(name.encode(), b"\n", key)[:4].hex() == number, "the key is no key")
    lines = [line for line in signatures.splitlines() if line.startswith(f"\u2014 {name} ")]
    need(lines and body.split("\n")[0] == name, "a checkpoint is not signed with this key")
    signature = raw(lines[0].split(" ")[2])
    need(signature[:4].hex() == number, "a checkpoint is not signed with this key")
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], f"{body}\n".encode())
    return int(body.split("\n")[1]), raw(body.split("\n")[2])

def split(size): return 1 << (size - 1).bit_length() - 1
def rooted(number, size, leaf, path):  # RFC 9162, 2.1.3, from the leaf's end of the path
    if size == 1: return leaf if not path else b""
    if not path: return b""
    left = split(size)
    if number < left: return sha(b"\1", rooted(number, left, leaf, path[:-1]), path[-1])
    return sha(b"\1", path[-1], rooted(number - left, size - left, leaf, path[:-1]))
def grown(old, size, old_root, path, is_first=True):  # RFC 9162, 2.1.4: both roots
    if old == size: return (old_root, old_root) if is_first else (path[0], path[0])
    left, rest, last = split(size), path[:-1], path[-1]
    if old <= left:
        before, after = grown(old, left, old_root, rest, is_first)
        return before, sha(b"\1", after, last)
    before, after = grown(old - left, size - left, old_root, rest, False)
    return sha(b"\1", last, before), sha(b"\1", last, after)

def cbor(data, at):  # RFC 8949, as much of it as records use
    kind, value, at = data[at] >> 5, data[at] & 31, at + 1
    if kind == 7: return None, at
    if value > 23:
        width = 1 << value - 24
        value, at = int.from_bytes(data[at:at + width], "big"), at + width
    if kind < 2: return (value if kind == 0 else -1 - value), at
    if kind < 4: return data[at:at + value], at + value
    items = []
    for _ in range(value * (kind - 3)):
        item, at = cbor(data, at)
        items.append(item)
    return (items if kind == 4 else dict(zip(items[::2], items[1::2]))), at

def said(record, openings):  # what the stored bytes say, each seal opened or erased
    kind, stream, version, at, by, name, form, text, holes, seals = (record[n] for n in range(10))
    context = b"avvik event 1\0" + kind + b"\0" + stream + version.to_bytes(4, "big")
    parcels, shown, copied = [], b"", 0
    for (key, _, nonce, sealed), opening in zip(seals, openings, strict=True):
        cipher = None if opening is None else ChaCha20Poly1305(raw(opening))
        parcels.append(cipher and [cipher.decrypt(bytes(4) + nonce[16:], sealed, context + key + name), 0])
    for hole, seal in holes:
        shown, copied, parcel = shown + text[copied:hole], hole + 4, parcels[seal]
        if parcel:
            value, parcel[1] = cbor(*parcel)
            shown += value
        else:
            head, _, tail = shown.rpartition(b'{"$personal":{')
            shown = head + b'{"$erased":{' + tail.removesuffix(b'"value":').removesuffix(b",")
    time = (datetime(1970, 1, 1) + timedelta(microseconds=at)).isoformat(timespec="microseconds")
    actor = {"user": str(uuid.UUID(bytes=by[1][0]))} if by[0] == 2 else ["service", "reporter", None, "respondent"][by[0]]
    return dict(stream=f"{kind.decode()}/{uuid.UUID(bytes=stream)}", version=version, at=f"{time}Z",
                by=actor, name=name.decode(), form=form, fields=json.loads(shown + text[copied:]))

def single(pairs):  # a name twice would show one value and check the other
    need(len(dict(pairs)) == len(pairs), "a name stands twice in a JSON file")
    return dict(pairs)

FILES = "README.txt events.json proofs.json checkpoint.txt earliest-checkpoint.txt public-key.txt".split()

def main(pack, key=None):
    read = lambda name: pack.read(name).decode()
    shown, proofs = (json.loads(read(f"{it}.json"), object_pairs_hook=single) for it in ("events", "proofs"))
    records = [f"records/{event['position']}.cbor" for event in shown]
    need(sorted(pack.namelist()) == sorted(FILES + records), "the pack has other files than a pack has")
    if not key: print("Checked with the key in the pack: anybody can have made both.", file=sys.stderr)
    key = key or read("public-key.txt")
    size, root = signed(read("checkpoint.txt"), key)
    earlier, earlier_root = signed(read("earliest-checkpoint.txt"), key)
    path = [raw(text) for text in proofs["consistency"]]
    if earlier not in (0, size):
        need(grown(earlier, size, earlier_root, path) == (earlier_root, root), "the log was written anew")
    else:
        need(not path and earlier_root == (root if earlier else sha()), "the log was written anew")
    need(shown, "there are no events")
    for number, (event, proof) in enumerate(zip(shown, proofs["events"], strict=True), 1):
        place, before = event["position"], shown[max(number - 2, 0)]
        record, path = pack.read(f"records/{place}.cbor"), [raw(text) for text in proof["inclusion"]]
        is_there = 0 < place <= size and rooted(place - 1, size, sha(b"\0", record), path) == root
        need(is_there, f"the bytes given for position {place} are not what the log has there")
        says = said(cbor(record, 0)[0], proof["openings"]) | {"position": place}
        need(json.dumps(says, sort_keys=True) == json.dumps(event, sort_keys=True), f"position {place} is shown otherwise than its stored bytes say")
        follows = event["version"] == number and event["stream"] == before["stream"]
        need(follows and (number == 1 or before["position"] < place), f"position {place} does not follow")
    closed = sum(opening is None for proof in proofs["events"] for opening in proof["openings"])
    if closed: print(f"{closed} values are closed: erased, or withheld by whoever passed the pack on.", file=sys.stderr)
    print(f"The evidence holds: {len(shown)} events, as they stand in the log of {size} events.")

main(zipfile.ZipFile(sys.argv[1]), open(sys.argv[2]).read() if sys.argv[2:] else None)
