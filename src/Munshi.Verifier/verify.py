#!/usr/bin/env python3
"""Checks an export of a Munshi ledger: every entry, every record, the tree, the signatures; or a conversation saved as
FILE.html: its seal, every message's place in the ledger, and that it shows what was recorded. Needs no network and nothing
but Python's standard library. Written apart from munshi-verify, from docs/data-format.md.

    python3 verify.py DIR [--policy FILE] [--against DIR2] [--json]
    python3 verify.py FILE.html [--policy FILE] [--json]

Exit code: 0 nothing was altered, 1 something was (each finding names file, entry, expected and found), 2 wrong usage."""

import argparse
import base64
import bisect
import hashlib
import hmac
import json
import os
import re
import stat
import sys
import time
import unicodedata
from array import array
from datetime import datetime, timedelta

KEPT = 100  # findings of a kind that are told
LONGEST_FILE, LONGEST_LINE, MOST_UNREADABLE = 4_000_000, 64 * 1024 * 1024, 1000
LONGEST_LIST, LONGEST_LIST_LINE, LONGEST_ERASURE = 2**30, 100, 1000
WORD, UUID = r"[a-z-]{1,32}", r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
NUMBER, HEX, NAME = r"(?:0|[1-9][0-9]{0,18})", r"[0-9a-f]{64}", r"[!-~]+"
LEAF = re.compile(
    f"munshi-leaf/1\nlog ({UUID})\nseq ({NUMBER})\ntime ({TIME})\n"
    f"actor (?:(?:person|customer):[0-9a-f-]{{36}}|program:{WORD})\naction ({WORD}\\.{WORD})\nobject ({WORD}:[0-9a-f-]{{36}})\n"
    f"commitment (-|{HEX})\nciphertext (-|{HEX})\nprevious ({HEX})\n", re.ASCII)
TICK = re.compile(f"munshi-tick/1\norigin ({NAME})\nseq ({NUMBER})\ntime ({TIME})\nheads ({HEX})\nprevious ({HEX})\n", re.ASCII)
ORIGIN = re.compile(
    f"munshi-origin/1\norigin ({NAME})\nseq ({NUMBER})\ntime ({TIME})\nbefore ({NAME})\nsize ({NUMBER})\nroot {HEX}\nprevious {HEX}\n", re.ASCII)
OPENING = re.compile(f"munshi-opening/1\nplace (0|[1-9][0-9]{{0,9}})\nsalt ({HEX})\n((?:path {HEX}\n){{0,32}})", re.ASCII)
BYTES = r'(?:null|"[A-Za-z0-9+/=]*")'
RECORD = re.compile(
    f'{{"seq":{NUMBER},"object":"([ -!#-\\[\\]-~]{{0,100}})","record":({BYTES}),"salt":({BYTES}),"sealed":\\[((?:{BYTES}(?:,{BYTES})*)?)\\]}}')
RESTORE = re.compile(f'{{"seq":({NUMBER}),(?:"first":({NUMBER}),"last":({NUMBER})|"origin":"([A-Za-z0-9+/=]*)")}}')
SHREDDED = re.compile(f'{{"seq":({NUMBER}),(?:"erasure":(?:null|({NUMBER}))|("withheld":true))}}')
ERASURE = re.compile(f'{{"seq":({NUMBER}),"note":"([A-Za-z0-9+/=]*)"}}')
ERASED = re.compile(
    f"munshi-erasure/1\norigin ([!-*,-~]+)\nlog ({UUID})\ncase ({UUID})\n((?:key {UUID}\n)*)((?:entries {NUMBER}-{NUMBER}\n)+)hash ({HEX})\n", re.ASCII)
SEAL = re.compile(f"munshi-transcript/1\nlog ({UUID})\nconversation ({UUID})\ntime ({TIME})\nmessages ({NUMBER})\nbytes ({NUMBER})\nsha256 ({HEX})\n", re.ASCII)
ARTICLE = re.compile(f'<article class="(in|out)" id="m-({UUID})">', re.ASCII)
SEAL_OPENS, SEAL_ENDS, LONGEST_SEAL = b'<pre id="seal">\n', b"</pre>\n</body>\n</html>\n", 16 * 1024
ALWAYS = {"checkpoint", "policy", "records.jsonl", "shredded.jsonl", "restores.jsonl", "erasures.jsonl",
          "instance/checkpoint", "instance/tick", "instance/tick.tlog-proof", "instance/opening"}
OPTIONAL = {"README.txt", "verify.py", "munshi-verify", "instance/stamped", "instance/stamped.tst"}
TYPES = {stat.S_IFLNK: "a link", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}

class Refused(Exception):
    """What was read is not of its form."""

class Findings:
    def __init__(self):
        self.count, self.kept, self.of_kind = 0, [], {}

    def add(self, file, seq, kind, expected, found):
        self.count += 1
        self.of_kind[kind] = self.of_kind.get(kind, 0) + 1
        if self.of_kind[kind] <= KEPT:
            self.kept.append({"file": file, "seq": seq, "kind": kind, "expected": str(expected), "found": str(found)})

    def in_order(self):
        """By entry; last what follows from a changed entry, which lies above many."""
        return sorted(self.kept, key=lambda one: (one["kind"] in ("node", "root"), one["seq"] is None, one["seq"] or 0))


# --- Ed25519 (RFC 8032, section 5.1), verification only ---------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def add(one, two):  # extended coordinates (X, Y, Z, T)
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(scalar, point):
    result = (0, 1, 1, 0)
    for bit in f"{scalar:b}":
        result = add(result, result)
        result = add(result, point) if bit == "1" else result
    return result

def decode(data):
    """The point, or None: only canonical encodings are taken."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    root = pow(x2, (P + 3) // 8, P)
    x = next((x for x in (root, root * pow(2, (P - 1) // 4, P) % P) if (x * x - x2) % P == 0), None)
    if y >= P or x is None or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P

def encode(point):
    inverse = pow(point[2], P - 2, P)
    return (point[1] * inverse % P | (point[0] * inverse % P & 1) << 255).to_bytes(32, "little")

def is_small_order(point):
    return encode(times(8, point)) == encode((0, 1, 1, 0))

def ed25519_verify(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = decode(key), decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or is_small_order(a):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    base = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    return encode(add(times(s, base), times(k, (P - a[0], a[1], 1, P - a[3])))) == signature[:32]


# --- forms ------------------------------------------------------------------------------------------------------------

def from_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("base64 that is none")
    if base64.b64encode(data).decode() != text:
        raise Refused("base64 that is not canonical")
    return data

def number(text):
    if not re.fullmatch(NUMBER, text) or int(text) >= 2**63:
        raise Refused("a number that is not canonical")
    return int(text)

def is_instant(text):
    try:
        return datetime.fromisoformat(text[:26]) is not None
    except ValueError:
        return False

def note_parts(data):
    """A signed note: its text, and (name, key id, signature) of each line."""
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not UTF-8")
    if len(data) > 1000000 or not whole.endswith("\n") or re.search("[\0-\t\x0b-\x1f]", whole) or "\n\n" not in whole:
        raise Refused("no signed note")
    end, signatures = whole.rindex("\n\n"), []
    for line in whole[end + 2:].split("\n")[:-1]:
        words = line.split(" ")
        if len(words) != 3 or words[0] != "\u2014" or not words[1] or "+" in words[1] or any(c.isspace() for c in words[1]):
            raise Refused("a line that is no signature")
        blob = from_base64(words[2])
        if len(blob) < 5:
            raise Refused("a signature shorter than 5 bytes")
        signatures.append((words[1], blob[:4], blob[4:]))
    if not 1 <= len(signatures) <= 100:
        raise Refused("no signature, or more than 100")
    return whole[:end + 1], signatures

def checkpoint_parts(data):
    """A signed checkpoint: text, signatures, origin, size, root."""
    text, signatures = note_parts(data)
    lines = text.split("\n")
    if len(lines) != 4 or not lines[0] or lines[3] or len(from_base64(lines[2])) != 32:
        raise Refused("not the three lines of a checkpoint")
    if number(lines[1]) == 0 and from_base64(lines[2]) != tree_root([]):
        raise Refused("a root that is not that of nothing")
    return text, signatures, lines[0], number(lines[1]), from_base64(lines[2])

def origin_parts(data):
    """What an origin leaf says; None where it is none."""
    match = ORIGIN.fullmatch(data.decode("latin-1"))
    if not match or not is_instant(match.group(3)) or any(int(one) >= 2**63 for one in match.group(2, 5)):
        return None
    return {"origin": match.group(1), "before": match.group(4), "size": int(match.group(5))}

class Key:
    """A verifier key of a log (type 1) or a witness (type 4)."""

    def __init__(self, name, kind, public):
        self.name, self.kind, self.public = name, kind, public
        self.id = hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]

    @staticmethod
    def parse(vkey, kind):
        name, _, rest = vkey.partition("+")
        key_id, _, blob = rest.partition("+")
        blob = from_base64(blob)
        key = Key(name, kind, blob[1:])
        point = decode(key.public)
        if (not name or re.search(r"[\s\0-\x1f]", name) or len(blob) != 33 or blob[0] != kind or key.id.hex() != key_id
                or (point is not None and is_small_order(point))):
            raise Refused("no verifier key of that type")
        return key

    def __str__(self):
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    def holds(self, text, signatures):
        """Whether this key's line holds; None where it has none."""
        for name, key_id, signature in signatures:
            if name == self.name and key_id == self.id:
                if self.kind == 1:
                    return ed25519_verify(self.public, text.encode(), signature)
                stamp = int.from_bytes(signature[:8], "big")
                message = f"cosignature/v1\ntime {stamp}\n{text}".encode()
                return len(signature) == 72 and stamp < 2**63 and ed25519_verify(self.public, message, signature[8:])
        return None

class Policy:
    """C2SP tlog-policy: logs, witnesses, groups and the quorum."""

    def __init__(self, data):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        members, publics, text = set(), [], data.decode("utf-8")
        if len(data) > 1000000 or (text and not text.endswith("\n")) or re.search("[\0-\x08\x0b-\x1f\x7f]", text):
            raise Refused("too long, a control character, or no line feed at the end")
        for line in text.split("\n")[:-1]:
            kind, *words = re.split("[ \t]+", line.strip(" \t"))
            known = {"none", *self.witnesses, *self.groups}
            if not kind or kind.startswith("#"):
                continue
            if kind == "log" and len(words) in (1, 2):
                self.logs.append(Key.parse(words[0], 1))
                publics.append(self.logs[-1].public)
            elif kind == "witness" and len(words) in (2, 3) and words[0] not in known:
                self.witnesses[words[0]] = Key.parse(words[1], 4)
                publics.append(self.witnesses[words[0]].public)
            elif kind == "group" and len(words) >= 3 and words[0] not in known:
                names = words[2:]
                need = {"any": 1, "all": len(names)}.get(words[1]) or number(words[1])
                if not 1 <= need <= len(names) or len(set(names)) < len(names) or not set(names) <= known - members - {"none"}:
                    raise Refused("a group that is none")
                members.update(names)
                self.groups[words[0]] = (need, names)
            elif kind == "quorum" and len(words) == 1 and self.quorum is None and words[0] in known:
                self.quorum = words[0]
            else:
                raise Refused("a line that is none of a policy")
        if self.quorum is None or len(set(publics)) < len(publics):
            raise Refused("no quorum line, or a public key that stands in it twice")

    def met(self, cosigned):
        met = {"none": True, **{name: name in cosigned for name in self.witnesses}}
        for name, (need, names) in self.groups.items():  # a group names only what stands before it
            met[name] = sum(met[one] for one in names) >= need
        return met[self.quorum]

def der(data, *tags):
    """The contents of the first values of DER, which must have these tags."""
    contents, at = [], 0
    for tag in tags:
        length, start = data[at + 1], at + 2
        if length >= 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[at + 2:start], "big")
        is_shortest = start == at + 2 or (length >= 0x80 and data[at + 2] > 0)
        if data[at] != tag or not is_shortest or start + length > len(data):
            raise Refused("another value, or one that is cut short")
        contents.append(data[start:start + length])
        at = start + length
    return contents

def imprint_of(token):
    """What a time-stamp token (RFC 5652, section 5.1; RFC 3161, section 2.4.2) is over: a SHA-256, or None."""
    try:
        whole, = der(token, 0x30)
        kind, signed = der(whole, 6, 0xA0)
        kind_inside, octets = der(der(*der(signed, 0x30), 2, 0x31, 0x30)[2], 6, 0xA0)
        version, _, imprint = der(*der(*der(octets, 4), 0x30), 2, 6, 0x30)
        algorithm, digest = der(imprint, 0x30, 4)
        said = [one.hex() for one in (kind, kind_inside, version, *der(algorithm, 6))]
    except (Refused, IndexError):
        return None
    wanted = ["2a864886f70d010702", "2a864886f70d0109100104", "01", "608648016503040201"]
    return digest if said == wanted and token.endswith(whole) else None


# --- the tree (RFC 9162, section 2.1) -----------------------------------------------------------------------------------

def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()

def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()

def tree_root(hashes):
    """Of complete subtrees of one size."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(*level[i:i + 2]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0] if level else hashlib.sha256().digest()

def path_leads(index, size, hash_, path, root):
    """RFC 9162, section 2.1.3.2."""
    fn, sn = index, size - 1
    for other in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            hash_ = node_hash(other, hash_)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            hash_ = node_hash(hash_, other)
        fn, sn = fn >> 1, sn >> 1
    return index < size and sn == 0 and hash_ == root

def within(firsts, lasts, seq):
    """Whether one of the ranges, which ascend and do not overlap, holds the number."""
    place = bisect.bisect_right(firsts, seq) - 1
    return place >= 0 and seq <= lasts[place]

def tile_path(level, index, width):
    name = f"{index % 1000:03}"
    while index >= 1000:
        index //= 1000
        name = f"x{index % 1000:03}/{name}"
    return f"tile/{level}/{name}" + (f".p/{width}" if width < 256 else "")

def tiles_of(size, level):
    """(index, width) of each tile of a level."""
    count = size >> 8 * level
    return ((index, min(256, count - 256 * index)) for index in range((count + 255) // 256))


# --- the export -------------------------------------------------------------------------------------------------------

class Export:
    def __init__(self, root, findings, label=""):
        self.root, self.label = root, label
        self.add = lambda file, *finding: findings.add(label + file, *finding)

    def files(self):
        """The files below the root; anything but regular files and folders is refused. Nothing is to be opened before."""
        files, refused = [], []
        for directory, directories, names in os.walk(self.root, onerror=lambda _: refused.append((".", "a folder that cannot be read"))):
            for name in directories + names:
                path = os.path.join(directory, name)
                file, kind = os.path.relpath(path, self.root), stat.S_IFMT(os.lstat(path).st_mode)
                shown = os.fsencode(file).decode("utf-8", "replace")
                if shown != file:
                    refused.append((shown, "a name that is not UTF-8"))
                elif kind == stat.S_IFREG:
                    files.append(file)
                elif kind != stat.S_IFDIR:
                    refused.append((shown, TYPES.get(kind, "a device")))
        for file, found in refused:
            self.add(file, None, "file-extra", "regular files and folders", found)
        return None if refused else set(files)

    def read(self, file, length=None, seq=None, longest=LONGEST_FILE):
        try:
            with open(os.path.join(self.root, file) if file else self.root, "rb") as stream:
                data = stream.read(longest + 1)
        except OSError as error:
            found = "none" if isinstance(error, (FileNotFoundError, NotADirectoryError)) else "one that cannot"
            return self.add(file, None, "file-missing", "a file that can be read", found)
        if len(data) > longest:
            return self.add(file, None, "form", f"at most {longest} bytes", "a longer file")
        if length is not None and len(data) != length:
            return self.add(file, seq, "form", f"{length} bytes", f"{len(data)} bytes")
        return data

    def parse(self, file, expected, form, data):
        """What the form makes of the data; None, and a finding, where it refuses it."""
        try:
            return None if data is None else form(data)
        except (Refused, UnicodeDecodeError) as refused:
            return self.add(file, None, "form", expected, refused)

    def hashes(self, size):
        """The leaf hashes, as the tiles of level 0 have them, up to one that cannot be read."""
        for index, width in tiles_of(size, 0):
            data = self.read(tile_path(0, index, width), 32 * width, 256 * index)
            if data is None:
                return
            yield from (data[i:i + 32] for i in range(0, len(data), 32))

    def entries(self, index, width):
        file, entries, at = tile_path("entries", index, width), [], 0
        data = self.read(file)
        if data is None:
            return None
        while at < len(data) and len(entries) <= width:
            length = int.from_bytes(data[at:at + 2], "big")
            entries.append(data[at + 2:at + 2 + length])
            at += 2 + length
        if at != len(data) or len(entries) != width:
            return self.add(file, 256 * index, "form", f"{width} entries, each with its length before it", "another content")
        return entries

    def lines(self, file, form, values, size, longest_line=LONGEST_LIST_LINE):
        """Of a list with a line for some entries, ascending: each entry and what it brings. Ends at a line that is not of the form or brings no values."""
        data = self.read(file, longest=min(max(LONGEST_FILE, longest_line * size), LONGEST_LIST)) or b""
        last, place, at = -1, 0, 0
        while at < len(data):
            end, place = data.find(b"\n", at), place + 1
            try:
                match = form.fullmatch(data[at:end].decode("latin-1")) if end >= 0 else None
                if not match or number(match.group(1)) <= last:
                    raise Refused("another content")
                last, brought = number(match.group(1)), values(match)
            except Refused as refused:
                return self.add(file, None, "form", f"line {place}: an entry above the one before, and what belongs to it", refused)
            at = end + 1
            if last >= size:
                self.add(file, last, "record-extra", f"an entry below {size}", "one above")
            yield last, brought

class Verification:
    def __init__(self, directory, policy, against):
        self.findings = Findings()
        self.export = Export(directory, self.findings)
        self.add, self.given, self.against = self.findings.add, policy, against
        self.policy = self.key = self.log = self.tick = None
        self.size = self.records = self.lost = self.erased = self.withheld = 0
        self.witnesses, self.restores, self.names, self.telling, self.ranges = [], [], [], set(), ([], [])
        self.erasures, self.erased_by, self.is_named = [], {}, bytearray()  # firsts and lasts of the entries that each names; 1 for each that any does

    def run(self):
        files = self.export.files()
        if files is None or not self.check_checkpoint():
            return
        have, want = sum(file.startswith("tile/0/") for file in files), (self.size + 255) // 256
        if not self.size or not have or want // 2 > have:  # a size of 2^60 is not gone through tile by tile to say that none is there
            self.add("tile/0", None, "file-missing", f"{want} tiles, for the checkpoint's {self.size} entries", have)
            return
        self.check_instance()
        self.check_stamp(files)
        self.check_restores()
        self.check_erasures()
        self.check_entries()
        known, level = ALWAYS | OPTIONAL, 0
        while self.size >> 8 * level:
            known.update(tile_path(name, *tile) for tile in tiles_of(self.size, level) for name in ([0, "entries"] if level == 0 else [level]))
            level += 1
        for file in sorted(files - known):
            self.add(file, None, "file-extra", "no such file", "one")
        if self.against:
            self.check_against()

    # ------ who signed

    def check_checkpoint(self):
        def own_policy(data):
            policy = Policy(data)
            if len(policy.logs) != 1 or data != f"log {policy.logs[0]}\nquorum none\n".encode():
                raise Refused("another content")
            return policy

        own = self.export.parse("policy", "a line 'log' with one key and the line 'quorum none'", own_policy, self.export.read("policy"))
        given = Export(self.given, self.findings, "--policy") if self.given else None
        self.policy = given.parse("", "a tlog-policy", Policy, given.read("")) if given else own
        parts = self.export.parse("checkpoint", "a checkpoint, signed", checkpoint_parts, self.export.read("checkpoint"))
        if not parts:
            return False
        text, signatures, self.origin, self.size, self.root = parts
        match = re.fullmatch(f"([^ +]+)/w/({UUID})", self.origin)
        if not match:
            self.add("checkpoint", None, "form", "an origin NAME/w/WORKSPACE", self.origin)
            return False
        self.instance, self.log = match.groups()
        logs = {log.name: log for log in reversed(self.policy.logs)} if self.policy else {}
        log = logs.get(self.origin) or logs.get(self.instance)
        if not log:
            self.add("checkpoint", None, "signature", f"a log of the policy named {self.origin} or {self.instance}", "none")
            return True
        self.key = Key(self.origin, 1, log.public)
        self.check_signature("checkpoint", self.key, text, signatures)
        if own and str(own.logs[0]) != str(self.key):
            self.add("policy", None, "signature", self.key, own.logs[0])
        return True

    def check_signature(self, file, key, text, signatures, alone=True):
        if alone and len(signatures) != 1:
            self.add(file, None, "form", "the log's own signature line alone", "further ones")
        if not key.holds(text, signatures):
            self.add(file, None, "signature", f"a signature by {key}", "none that holds")

    # ------ the instance log

    def check_instance(self):
        note, tick, proof, opening = (self.export.read("instance/" + name) for name in ("checkpoint", "tick", "tick.tlog-proof", "opening"))
        parts = self.export.parse("instance/checkpoint", "a checkpoint, signed", checkpoint_parts, note)
        if parts:
            self.check_instance_signatures(*parts[:3])
        leaf = TICK.fullmatch((tick or b"").decode("latin-1"))
        if tick is not None and not (leaf and is_instant(leaf.group(3))):
            leaf = None
            self.add("instance/tick", None, "form", "a canonical tick leaf", "another content")
        if not leaf:
            return
        if leaf.group(1) != self.instance:
            self.add("instance/tick", None, "log", self.instance, leaf.group(1))
        if parts and proof is not None:
            self.check_inclusion(note, parts[3], parts[4], tick, leaf, proof)
        if opening is not None:
            self.check_opening(opening, bytes.fromhex(leaf.group(4)))

    def check_instance_signatures(self, text, signatures, origin):
        file = "instance/checkpoint"
        if origin != self.instance:
            self.add(file, None, "signature", f"a checkpoint of {self.instance}", f"one of {origin}")
        if not self.key:
            return
        self.check_signature(file, Key(self.instance, 1, self.key.public), text, signatures, alone=False)
        verdicts = {name: witness.holds(text, signatures) for name, witness in self.policy.witnesses.items()}
        for name in (name for name, verdict in verdicts.items() if verdict is False):
            self.add(file, None, "signature", f"a cosignature by {name}", "one that does not hold")
        self.witnesses = [name for name, verdict in verdicts.items() if verdict]
        if not self.policy.met(self.witnesses):
            self.add(file, None, "quorum", f"cosignatures by the quorum {self.policy.quorum}", self.witnesses)

    def check_inclusion(self, note, size, root, tick, leaf, proof):
        file = "instance/tick.tlog-proof"

        def parts(data):
            head, _, rest = data.partition(b"\n\n")
            lines = head.decode("ascii").split("\n")
            if lines[0] != "c2sp.org/tlog-proof@v1" or not 2 <= len(lines) <= 65 or not lines[1].startswith("index ") or rest != note:
                raise Refused("another content")
            return number(lines[1][6:]), [from_base64(line) for line in lines[2:]]

        read = self.export.parse(file, "a tlog-proof with the checkpoint of instance/checkpoint", parts, proof)
        if not read:
            return
        index, path = read
        if index != int(leaf.group(2)):
            self.add(file, None, "inclusion", f"index {leaf.group(2)}", f"index {index}")
        if path_leads(index, size, leaf_hash(tick), path, root) and all(len(one) == 32 for one in path):
            self.tick = leaf.group(3)
        else:
            self.add("instance/tick", None, "inclusion", f"a tick under the root {root.hex()}", "one that is not")

    def check_opening(self, data, heads):
        match = OPENING.fullmatch(data.decode("latin-1"))
        if not match:
            self.add("instance/opening", None, "form", "munshi-opening/1, place, salt and path, a line each", "another content")
            return
        path = [bytes.fromhex(line[5:]) for line in match.group(3).split("\n")[:-1]]
        head = f"munshi-head/1\norigin {self.origin}\nsize {self.size}\nroot {self.root.hex()}\n".encode()
        commitment = hmac.new(bytes.fromhex(match.group(2)), head, hashlib.sha256).digest()
        if not path_leads(int(match.group(1)), 1 << len(path), leaf_hash(commitment), path, heads):
            self.add("instance/opening", None, "opening", f"the checkpoint under the heads {heads.hex()}", "another")

    def check_stamp(self, files):
        if not {"instance/stamped", "instance/stamped.tst"} & files:
            return
        stamped, token, note = (self.export.read("instance/" + name) for name in ("stamped", "stamped.tst", "checkpoint"))
        if stamped is None or token is None:
            return
        if note is not None and stamped != b"".join(note.splitlines(True)[:5]):
            self.add("instance/stamped", None, "time-stamp", "the first five lines of instance/checkpoint", "others")
        expected, found = hashlib.sha256(stamped).digest(), imprint_of(token)
        if found != expected:
            self.add("instance/stamped.tst", None, "time-stamp", f"a token over the SHA-256 {expected.hex()}", found.hex() if found else "none")

    # ------ entries, records, tree

    def check_restores(self):
        """What entries that tell of a restore ceremony commit to."""
        file = "restores.jsonl"

        def values(match):
            if match.group(4) is not None:
                return from_base64(match.group(4)), 0, 0
            first, last = number(match.group(2)), number(match.group(3))
            if first > last:
                raise Refused("a range that ends before it begins")
            return None, first, last

        for seq, (origin, first, last), leaf in self.with_leaves(self.export.lines(file, RESTORE, values, self.size)):
            told = f"munshi-restore/1\nlog {self.log}\nfirst {first}\nlast {last}\n".encode() if origin is None else origin
            action, named = "ledger.restored" if origin is None else "ledger.begun-anew", origin_parts(origin or b"")
            if not leaf or leaf.group(4) != action or not leaf.group(5).startswith("restore:") or leaf.group(7) != "-":
                self.add(file, seq, "restore", f"an entry {action}", "another")
            elif hashlib.sha256(told).hexdigest() != leaf.group(6) or (not named if origin is not None else last >= seq):
                self.add(file, seq, "restore", f"what the entry commits to, {leaf.group(6)}", "something else")
            else:
                self.telling.add(seq)
                if named:
                    self.names.append({"seq": seq, "time": leaf.group(3), **named})
                else:
                    self.restores.append({"seq": seq, "time": leaf.group(3), "first": first, "last": last})
        firsts, lasts = self.ranges
        for first, last in sorted((one["first"], one["last"]) for one in self.restores):
            if lasts and first <= lasts[-1]:
                lasts[-1] = max(last, lasts[-1])
            else:
                firsts.append(first)
                lasts.append(last)

    def with_leaves(self, lines):
        """A list's lines, each with its entry's leaf, which is None where it is none; those whose entry cannot be read are left out."""
        entries_of = {}
        for seq, brought in lines:
            index = seq // 256
            if seq < self.size and index not in entries_of:
                entries_of = {index: self.export.entries(index, min(256, self.size - 256 * index))}
            if seq < self.size and entries_of[index] is not None:
                yield seq, brought, LEAF.fullmatch(entries_of[index][seq % 256].decode("latin-1"))

    def check_erasures(self):
        """What entries that tell of an erasure commit to, under the log's key."""
        file = "erasures.jsonl"
        self.is_named = bytearray(self.size)
        lines = self.export.lines(file, ERASURE, lambda match: from_base64(match.group(2)), self.size, LONGEST_ERASURE)
        for seq, note, leaf in self.with_leaves(lines):
            if not leaf or leaf.group(4) != "erasure.destroyed":
                self.add(file, seq, "erasure", "an entry erasure.destroyed", "another")
                continue
            try:
                text, record, firsts, lasts = self.erasure_parts(note)
            except Refused as refused:
                self.add(file, seq, "erasure", "a munshi-erasure/1 that the log's key signed", refused)
                continue
            last, target = lasts[-1], "erasure:" + record.group(3)
            told = leaf.group(1) == record.group(2) == self.log and int(leaf.group(2)) == seq and leaf.group(5) == target and leaf.group(7) == "-"
            if not told or leaf.group(6) != hashlib.sha256(text.encode()).hexdigest() or last >= seq or record.group(6) != self.row_hash(last):
                expected = f"what the entry commits to, {leaf.group(6)}, of this log and case and of entries before it, the last with the hash that it has here"
                self.add(file, seq, "erasure", expected, "something else")
                continue
            self.telling.add(seq)
            self.erased_by[seq] = firsts, lasts
            for first, last in zip(firsts, lasts):
                self.is_named[first:last + 1] = b"\1" * (last + 1 - first)
            self.erasures.append({"seq": seq, "time": leaf.group(3), "case": record.group(3), "entries": sum(lasts) - sum(firsts) + len(firsts)})

    def row_hash(self, seq):
        """Of the entry as it stands, in hex; None where it cannot be read."""
        entries = self.export.entries(seq // 256, min(256, self.size - seq // 256 * 256))
        return entries and leaf_hash(entries[seq % 256]).hex()

    def erasure_parts(self, note):
        """Text, fields, firsts and lasts of an erasure under one signature, the log's key's."""
        text, signatures = note_parts(note)
        record = ERASED.fullmatch(text)
        if not record or len(signatures) != 1:
            raise Refused("no munshi-erasure/1 under one signature")
        keys = record.group(4).split("\n")[:-1]
        if any(one >= two for one, two in zip(keys, keys[1:])):
            raise Refused("keys that do not ascend")
        numbers = [number(one) for one in re.findall("[0-9]+", record.group(5))]
        firsts, lasts = array("q", numbers[::2]), array("q", numbers[1::2])
        if any(first > last for first, last in zip(firsts, lasts)) or any(first <= last + 1 for first, last in zip(firsts[1:], lasts)):
            raise Refused("entries that do not ascend, or touch")
        if not self.key or not Key(record.group(1), 1, self.key.public).holds(text, signatures):
            raise Refused("no signature that holds")
        return text, record, firsts, lasts

    def is_lost(self, seq):
        return within(*self.ranges, seq)

    def check_entries(self):
        shredded = dict(self.export.lines("shredded.jsonl", SHREDDED, lambda match: "withheld" if match.group(3) else match.group(2) and number(match.group(2)), self.size))
        records = self.read_records()
        record, previous, nodes, rest, whole = next(records, None), bytes(32), [], [], True
        for index, width in tiles_of(self.size, 0):
            tile = self.export.read(tile_path(0, index, width), 32 * width, 256 * index)
            hashes = [tile[i:i + 32] for i in range(0, len(tile), 32)] if tile is not None else None
            entries = self.export.entries(index, width)
            for i in range(width):
                seq, line = 256 * index + i, None
                while record and record[0] <= seq:
                    line, record = record[1], next(records, None)
                leaf = entries and self.check_leaf(index, width, seq, entries[i], hashes and hashes[i], previous)
                previous = hashes[i] if hashes else leaf_hash(entries[i]) if entries else None
                if leaf and self.records is not None:
                    self.check_record(seq, leaf, line, shredded)
            whole = whole and hashes is not None
            if hashes is None or width == 256:
                nodes.append(tree_root(hashes) if hashes else None)
            else:
                rest = hashes
        if record:
            self.add("records.jsonl", record[0], "record-extra", "no record beyond the last entry", "one")
        self.records = self.records or 0
        self.check_tiles(nodes[:self.size >> 8])
        root = tree_root(nodes + ([tree_root(rest)] if rest else [])) if whole else self.root
        if root != self.root:
            self.add("checkpoint", None, "root", f"the root {self.root.hex()}", f"{root.hex()} over the {self.size} hashes in tile/0")

    def check_leaf(self, index, width, seq, entry, stored, previous):
        """The leaf's fields, or None where it cannot be read."""
        file = tile_path("entries", index, width)
        leaf = LEAF.fullmatch(entry.decode("latin-1")) if len(entry) <= 2048 else None
        computed = leaf_hash(entry)
        if not leaf or not is_instant(leaf.group(3)) or int(leaf.group(2)) >= 2**63:
            return self.add(file, seq, "leaf-form", "a canonical leaf", "another content")
        if stored is not None and stored != computed:
            return self.add(file, seq, "row-hash", computed.hex(), f"{stored.hex()} in {tile_path(0, index, width)}")
        if leaf.group(1) != self.log:
            return self.add(file, seq, "log", self.log, leaf.group(1))
        if int(leaf.group(2)) != seq:
            return self.add(file, seq, "seq", seq, leaf.group(2))
        if previous is not None and leaf.group(8) != previous.hex():
            self.add(file, seq, "previous", previous.hex(), leaf.group(8))
        return leaf

    def check_record(self, seq, leaf, line, shredded):
        target, commitment, ciphertext, file = leaf.group(5), leaf.group(6), leaf.group(7), "records.jsonl"
        is_of_erasure = leaf.group(4) == "erasure.destroyed"
        has_record = not is_of_erasure and (commitment != "-" or ciphertext != "-")
        has_key = has_record and not target.startswith("restore:")  # what tells of a ceremony or an erasure has none
        if seq in shredded and not has_key:
            self.add("shredded.jsonl", seq, "record-extra", "no line: the entry commits to no record", "one")
        if not has_record and line is not None:
            self.add(file, seq, "record-extra", "no record: the entry commits to none", "one")
        if not has_record and not is_of_erasure:
            return
        if is_of_erasure or line is None:
            if has_key and shredded.get(seq, "withheld") != "withheld":
                self.check_shredded(seq, target, shredded[seq])
            elif seq not in self.telling and self.is_lost(seq) and not (has_key and self.is_named[seq]):
                self.lost += 1
            elif seq not in self.telling:
                self.add(file, seq, "record-missing", target, "no such record")
            return
        try:
            match = RECORD.fullmatch(line.decode("latin-1"))
            columns = match.group(4).split(",") if match and match.group(4) else []
            record, salt, *sealed = (None if one == "null" else from_base64(one[1:-1]) for one in (*match.group(2, 3), *columns) if match)
            if (record is None) != (salt is None) or (salt is not None and len(salt) != 32):
                raise Refused("record and salt do not belong together")
        except (Refused, AttributeError):
            self.add(file, seq, "form", "a record in canonical form", "another content")
            return
        if match.group(1) != target:
            self.add(file, seq, "object", target, "another object")
        found = hashlib.sha256(b"".join(
            b"\xff\xff\xff\xff" if one is None else len(one).to_bytes(4, "big") + one for one in sealed)).hexdigest() if sealed else "-"
        if found != ciphertext:
            self.add(file, seq, "ciphertext", ciphertext, found)
        if record is not None:
            found = hmac.new(salt, record, hashlib.sha256).hexdigest()
            if found != commitment:
                self.add(file, seq, "commitment", commitment, found)
            if seq in shredded:
                self.add("shredded.jsonl", seq, "record-extra", "no line: the record is there", "one")
        elif seq in shredded:
            self.check_shredded(seq, target, shredded[seq])
        else:
            self.add(file, seq, "commitment", commitment, "the record does not open")

    def check_shredded(self, seq, target, erasure):
        if erasure == "withheld" and target.startswith(("message:", "note:", "hand-off:", "media:")):
            self.withheld += 1
        elif erasure in (None, "withheld"):
            self.add("shredded.jsonl", seq, "key-missing", f"the key of {target}", "no key, and no erasure that says so")
        elif erasure in self.erased_by and within(*self.erased_by[erasure], seq):
            self.erased += 1
        else:
            self.add("shredded.jsonl", seq, "erasure", "an erasure that names the entry", f"entry {erasure}")

    def read_records(self):
        """(entry, line) of each record; without the file, no records are counted."""
        file, last, place, unreadable = "records.jsonl", -1, 0, 0
        try:
            stream = open(os.path.join(self.export.root, file), "rb")
        except OSError:
            self.records = None
            return self.add(file, None, "file-missing", "a file that can be read", "none")
        with stream:
            while unreadable < MOST_UNREADABLE:
                line, place = stream.readline(LONGEST_LINE + 1), place + 1
                if not line:
                    return
                match = re.match(rb'\{"seq":(0|[1-9][0-9]{0,18}),', line)
                seq = int(match.group(1)) if match else 2**63
                if not line.endswith(b"\n"):
                    return self.add(file, None, "form", f"line {place}: a line feed after at most {LONGEST_LINE} bytes", "none")
                if seq >= 2**63:
                    self.add(file, None, "form", f"line {place}: a record", "another content")
                elif seq <= last:
                    self.add(file, seq, "form", f"line {place}: a number above {last}", seq)
                else:
                    last, self.records = seq, self.records + 1
                    yield seq, line[:-1]
                    continue
                unreadable += 1

    def check_tiles(self, nodes):
        level = 1
        while self.size >> 8 * level:
            for index, width in tiles_of(self.size, level):
                file = tile_path(level, index, width)
                data = self.export.read(file, 32 * width, 256 * index << 8 * level)
                for i in range(width if data is not None else 0):
                    expected, found = nodes[256 * index + i], data[32 * i:32 * i + 32]
                    if expected is not None and expected != found:
                        self.add(file, 256 * index + i << 8 * level, "node", expected.hex(), found.hex())
            above = (nodes[i:i + 256] for i in range(0, len(nodes) - 255, 256))
            nodes = [None if None in below else tree_root(below) for below in above]
            level += 1

    # ------ another export

    def check_against(self):
        file = "--against checkpoint"
        other = Export(self.against, self.findings, "--against ") if os.path.isdir(self.against) else None
        one = Export(self.against, self.findings, file)
        if other and other.files() is None or not self.key:
            return
        parts = one.parse("", "a checkpoint, signed", checkpoint_parts, other.read("checkpoint") if other else one.read(""))
        if not parts:
            return
        text, signatures, origin, size, root = parts
        before = {f"{name['before']}/w/{self.log}": name["seq"] for name in reversed(self.names)}
        most = before.get(origin) if origin != self.origin else None
        if origin != self.origin and most is None:
            self.add(file, None, "signature", f"a checkpoint of {self.origin}", f"one of {origin}")
            return
        self.check_signature(file, Key(origin, 1, self.key.public), text, signatures)
        if most is not None and size > most:
            self.add(file, None, "form", f"under the name before, a checkpoint of at most {most} entries: later ones are lost", f"a checkpoint of {size}")
            return
        if size > self.size and not other:
            self.add(file, None, "form", f"an export, or a checkpoint of at most {self.size} entries", f"a checkpoint of {size}")
            return
        mine = list(self.export.hashes(self.size))
        theirs = list(other.hashes(size)) if other else []
        older, older_root, longer = (self.size, self.root, theirs) if size > self.size else (size, root, mine)
        if size > self.size and tree_root(theirs) != root:
            self.add(file, None, "root", f"the root {root.hex()}", "another over the hashes in its tile/0")
        if tree_root(longer[:older]) != older_root or (size == self.size and root != self.root):
            place = next((seq for seq, (one, two) in enumerate(zip(mine, theirs)) if one != two), None)
            self.add("checkpoint", place, "fork", f"one history: {older_root.hex()} at size {older}", "another: two histories, both signed")


# --- a conversation saved as a file -------------------------------------------------------------------------------------

def shown(text):
    """A text as a transcript writes it: never markup, on one line, nothing hidden."""
    plain = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
    turns = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    return "".join(plain.get(c) or (f"[U+{ord(c):04X}]" if ord(c) in turns or unicodedata.category(c) in ("Cc", "Zl", "Zp") else c) for c in text)

def moments(instant):
    at = datetime.fromisoformat(instant[:19])
    return f"{at + timedelta(hours=5, minutes=30):%Y-%m-%d %H:%M:%S} IST \u00b7 {at:%Y-%m-%d %H:%M:%S} UTC"

def fields_of(record):
    """The fields of a canonical record."""
    fields, at = {}, 0
    while at < len(record):
        match = re.compile(rb"([!-~]+) (?:-\n|(0|[1-9][0-9]{0,18}) )").match(record, at)
        if not match or match.group(1) in fields:
            raise Refused("no record")
        end = match.end() + int(match.group(2) or 0)
        if match.group(2) is not None and record[end:end + 1] != b"\n":
            raise Refused("no record")
        fields[match.group(1)] = None if match.group(2) is None else record[match.end():end]
        at = end if match.group(2) is None else end + 1
    return fields

class Transcript:
    def __init__(self, path, policy):
        self.path, self.policy, self.given, self.findings = path, policy, policy is not None, Findings()
        self.file, self.key, self.log, self.conversation, self.time = os.path.basename(path), None, None, None, None
        self.messages, self.proved, self.wordless, self.size, self.root, self.origin, self.before = 0, 0, 0, 0, None, None, ("", "")

    def add(self, seq, kind, expected, found):
        self.findings.add(self.file, seq, kind, expected, found)

    def run(self):
        with open(self.path, "rb") as stream:
            seal = self.read_seal(stream)
            if not seal:
                return self.add(None, "form", "a transcript that ends with its seal", "none: it was cut off, or is something else")
            length, text, signatures, (self.log, self.conversation, self.time, messages, size, digest) = seal
            stream.seek(0)
            self.left, self.hash = length, hashlib.sha256()
            own = checkpoint = None
            for line in iter(lambda: self.line(stream), None):
                article = ARTICLE.fullmatch(line)
                if line == '<pre id="policy">':
                    own = self.pre(stream)
                elif line == '<pre id="checkpoint">' and checkpoint is None:
                    checkpoint = self.pre(stream)
                    self.check_trust(own or "", checkpoint)
                elif article:
                    self.check_article(stream, *article.groups())
            while self.left and self.take(stream, stream.read(min(65536, self.left))):
                pass
        if not self.root:
            self.add(None, "form", "a checkpoint", "none")
        if self.hash.hexdigest() != digest or int(size) != length:
            self.add(None, "seal", f"{size} bytes with the SHA-256 {digest}", f"{length} with {self.hash.hexdigest()}")
        if not self.key or not self.key.holds(text, signatures):
            self.add(None, "signature", "the seal signed by the log's key", "no signature that holds")
        if int(messages) != self.messages:
            self.add(None, "seal", f"{messages} messages", self.messages)

    def read_seal(self, stream):
        """Where it begins, its text, signatures and values; None where the file does not end with exactly one."""
        whole = os.fstat(stream.fileno()).st_size
        stream.seek(max(0, whole - LONGEST_SEAL))
        end = stream.read()
        start = end.rfind(SEAL_OPENS)
        if start < 0 or not end.endswith(SEAL_ENDS):
            return None
        try:
            text, signatures = note_parts(end[start + len(SEAL_OPENS):-len(SEAL_ENDS)])
        except Refused:
            return None
        match = SEAL.fullmatch(text)
        if not match or len(signatures) != 1 or not is_instant(match.group(3)) or any(int(one) >= 2**63 for one in match.group(4, 5)):
            return None
        return whole - len(end) + start, text, signatures, match.groups()

    def take(self, stream, data):
        self.hash.update(data)
        self.left -= len(data)
        return data

    def line(self, stream):
        """The next line before the seal; None after the last one."""
        data = self.take(stream, stream.readline(min(LONGEST_LINE, self.left))) if self.left else b""
        return data.removesuffix(b"\n").decode("utf-8", "replace") if data else None

    def pre(self, stream):
        lines, length = [], 0
        for line in iter(lambda: self.line(stream), None):
            length += len(line)
            if line == "</pre>" or length > 1000000:
                break
            lines.append(line + "\n")
        return "".join(lines)

    def check_trust(self, own, checkpoint):
        try:
            policy = Policy(open(self.policy, "rb").read() if self.given else own.encode())
        except (Refused, ValueError):
            return self.add(None, "form", "a tlog-policy", "another content")
        try:
            text, signatures, origin, size, root = checkpoint_parts(checkpoint.encode())
            instance = origin.removesuffix(f"/w/{self.log}")
            if instance == origin:
                raise Refused("another log's")
        except Refused:
            return self.add(None, "form", f"a checkpoint of the log {self.log}", "another content")
        self.origin, self.size, self.root = origin, size, root
        named = next((one for name in (origin, instance) for one in policy.logs if one.name == name), None)
        self.key = Key(origin, 1, named.public) if named else None
        if not self.key or not self.key.holds(text, signatures):
            self.add(None, "signature", f"a signature by a log of the policy named {origin} or {instance}", "none that holds")
        if policy.quorum != "none":
            self.add(None, "quorum", policy.quorum, "no cosignatures: a transcript has none, an export of the ledger has them")

    def check_article(self, stream, direction, message):
        self.messages += 1
        parts, is_whole, is_double = {}, False, False
        for line in iter(lambda: self.line(stream), None):
            if line == "</article>":
                is_whole = True
                break
            for name, begin in (("at", '<p class="at">'), ("text", '<p class="text" dir="auto">'), ("seq", "seq "), ("leaf", "leaf "), ("path", "path"), ("record", '{"seq":')):
                if line.startswith(begin):
                    is_double, parts[name] = is_double or name in parts, line
        seq = int(parts["seq"][4:]) if re.fullmatch(f"seq {NUMBER}", parts.get("seq", "")) else None
        if not is_whole or is_double:
            self.add(seq, "form", f"message:{message} once, with an end", "another content")
        if seq is not None:
            self.check_proof(seq, direction, message, parts)
        elif "leaf" in parts or "record" in parts:
            self.add(None, "form", f"the entry's number of message:{message}", "none")

    def check_proof(self, seq, direction, message, parts):
        self.proved += 1
        try:
            data = from_base64(parts["leaf"][5:])
            leaf = LEAF.fullmatch(data.decode("ascii"))
            path = [from_base64(word) for word in parts["path"].split(" ")[1:]]
            match, line = RECORD.fullmatch(parts["record"]), parts["record"]
            if not leaf or not is_instant(leaf.group(3)) or any(len(one) != 32 for one in path) or not self.root:
                raise Refused("no proof")
        except (KeyError, Refused, UnicodeDecodeError):
            return self.add(seq, "form", "a leaf, its path and its record under a checkpoint", "another content")
        log, number_, _, _, target, commitment, ciphertext, _ = leaf.groups()
        if int(number_) != seq or log != self.log:
            self.add(seq, "seq", f"entry {seq} of the checkpoint's log", f"entry {number_} of {log}")
        if not path_leads(seq, self.size, leaf_hash(data), path, self.root):
            self.add(seq, "inclusion", "a path from the leaf to the signed root", "another")
        if target != f"message:{message}":
            self.add(seq, "object", target, f"message:{message}")
        try:
            if not match or not line.startswith(f'{{"seq":{seq},'):
                raise Refused("no record")
            record, salt = (None if one == "null" else from_base64(one[1:-1]) for one in match.group(2, 3))
            sealed = [None if one == "null" else from_base64(one[1:-1]) for one in match.group(4).split(",") if one]
            if (record is None) != (salt is None) or (salt is not None and len(salt) != 32):
                raise Refused("no record")
        except Refused:
            return self.add(seq, "form", "a record in canonical form", "another content")
        if match.group(1) != target:
            self.add(seq, "object", target, "another object")
        found = hashlib.sha256(b"".join(
            b"\xff\xff\xff\xff" if one is None else len(one).to_bytes(4, "big") + one for one in sealed)).hexdigest() if sealed else "-"
        if found != ciphertext:
            self.add(seq, "ciphertext", ciphertext, found)
        if record is None:
            self.wordless += 1
            if "text" in parts:
                self.add(seq, "shown", "no words: the record is not there", "some")
            return
        found = hmac.new(salt, record, hashlib.sha256).hexdigest()
        if found != commitment:
            self.add(seq, "commitment", commitment, found)
        self.check_shown(seq, direction, message, record, parts)

    def check_shown(self, seq, direction, message, record, parts):
        """Whether a reader sees what was recorded, in the conversation and at the place where it stands."""
        try:
            fields = fields_of(record)
            at = (fields.get(b"at") or b"").decode()
            if not re.fullmatch(TIME, at) or not is_instant(at):
                raise Refused("no time")
        except (Refused, UnicodeDecodeError):
            return self.add(seq, "form", "a message's record", "another content")
        text = shown((fields.get(b"text") or b"").decode("utf-8", "replace"))
        wanted = f'<p class="text" dir="auto">{text}</p>' if text else None
        if (parts.get("text"), parts.get("at"), direction.encode()) != (wanted, f'<p class="at">#{self.messages} \u00b7 {moments(at)}</p>', fields.get(b"direction")):
            self.add(seq, "shown", "words, time and direction as recorded", "others")
        if (fields.get(b"conversation") or b"").decode("utf-8", "replace") != self.conversation:
            self.add(seq, "shown", f"a message of the conversation {self.conversation}", "one of another")
        if (at, message) <= self.before:
            self.add(seq, "shown", "a message later than those before it", "one that stands elsewhere, or twice")
        self.before = (at, message)


# --- what is said -----------------------------------------------------------------------------------------------------

def tell_transcript(found, as_json):
    findings, told = found.findings, [{"log": found.log, **one} for one in found.findings.in_order()]
    if as_json:
        total = {"messages": found.messages, "ok": not findings.count, "proved": found.proved, "wordless": found.wordless, "entries": found.size,
                 "conversation": found.conversation, "time": found.time, "findingCount": findings.count, "key": str(found.key) if found.key else None,
                 "trust": "given" if found.given else "own"}
        return [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (*told, total)]
    lines = [f"{one['file']}{'' if one['seq'] is None else ', entry %d' % one['seq']}: {one['kind']}: "
             f"expected {one['expected']}, found {one['found']}" for one in told]
    if findings.count > len(told):
        lines.append(f"and {findings.count - len(told)} more")
    if found.key:
        lines += [f"Signed by {found.key}", "That key is the one in your policy." if found.given
                  else "That key came with the file: compare it with one that you had from elsewhere, or give yours with --policy."]
    if found.conversation:
        lines.append(f"Conversation {found.conversation}, written at {found.time}, against a ledger of {found.size} entries")
    return [re.sub("[\0-\x1f\x7f-\x9f]", "?", line) for line in lines] + [
        f"{found.messages} messages, {found.proved} proved to stand in the ledger, {found.wordless} of them without words, "
        f"{found.messages - found.proved} too new to be proved: {'NOT AS WRITTEN' if findings.count else 'nothing was altered'}"]

def tell(found, as_json, seconds):
    findings, told = found.findings, [{"log": found.log, **one} for one in found.findings.in_order()]
    if as_json:
        total = {"entries": found.size, "ok": not findings.count, "erased": found.erased, "lost": found.lost, "withheld": found.withheld, "firstBad": told[0] if told else None,
                 "seconds": round(seconds, 3), "records": found.records, "findingCount": findings.count,
                 "key": str(found.key) if found.key else None, "trust": "given" if found.given else "own", "tick": found.tick,
                 "witnesses": found.witnesses, "restores": found.restores, "begunAnew": found.names,
                 "erasures": found.erasures}
        return [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (*told, total)]
    lines = [f"{one['file']}{'' if one['seq'] is None else ', entry %d' % one['seq']}: {one['kind']}: "
             f"expected {one['expected']}, found {one['found']}" for one in told]
    if findings.count > len(told):
        lines.append(f"and {findings.count - len(told)} more")
    if found.key:
        lines += [f"Signed by {found.key}", f"That key is the one in your policy; cosigned by {', '.join(found.witnesses) or 'no witness of it'}." if found.given
                  else "That key came with the export: compare it with one that you had from elsewhere, or give yours with --policy."]
    if found.tick:
        lines.append(f"The instance log held it at {found.tick}")
    lines += ["Erased at {time} (entry {seq}) under the case {case}, which names {entries} entries".format(**one) for one in found.erasures]
    lines += ["Lost in the restore of {time} (entry {seq}): the records of entries {first} to {last}".format(**one) for one in found.restores]
    lines += ["Begun anew at {time} (entry {seq}) as {origin}: of what {before} signed, up to its checkpoint of {size} ticks, the end is lost".format(**one)
              for one in found.names]
    if found.withheld:
        lines.append(f"Withheld: the words of {found.withheld} records, by whoever made this; an archive does so with what was deleted, and why is for you to ask")
    return [re.sub("[\0-\x1f\x7f-\x9f]", "?", line) for line in lines] + [
        f"{found.size} entries, {found.records} records, {found.erased} erased, {found.lost} lost{f', {found.withheld} withheld' if found.withheld else ''}, {seconds:.1f} s: "
        f"{'NOT AS WRITTEN' if findings.count else 'nothing was altered'}"]

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS, allow_abbrev=False)
    parser.add_argument("directory", metavar="DIR")
    parser.add_argument("--policy", metavar="FILE")
    parser.add_argument("--against", metavar="DIR2")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if os.path.isfile(asked.directory) and asked.against is not None:
        parser.error("--against is for exports of the ledger: a conversation's file has one checkpoint and no history")
    for path, is_there in ((asked.directory, lambda path: os.path.isdir(path) or os.path.isfile(path)), (asked.policy, os.path.isfile), (asked.against, lambda path: os.path.isdir(path) or os.path.isfile(path))):
        if path is not None and not is_there(path):
            parser.error(f"there is no {path}")
    if os.path.isfile(asked.directory):
        transcript = Transcript(asked.directory, asked.policy)
        transcript.run()
        for line in tell_transcript(transcript, asked.json):
            print(line)
        return 1 if transcript.findings.count else 0
    began, verification = time.monotonic(), Verification(asked.directory, asked.policy, asked.against)
    verification.run()
    for line in tell(verification, asked.json, time.monotonic() - began):
        print(line)
    return 1 if verification.findings.count else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
