#!/usr/bin/env python3
"""Checks an export of a Munshi ledger: every entry, every record, the tree, the signatures. Needs no network and nothing
but Python's standard library. Written apart from munshi-verify, from docs/data-format.md.

    python3 verify.py DIR [--policy FILE] [--against DIR2] [--json]

Exit code: 0 nothing was altered, 1 something was (each finding names file, entry, expected and found), 2 wrong usage."""

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import sys
import time

KEPT = 100  # findings of a kind that are told
ID = r"[0-9a-f-]{36}"
WORD = r"[a-z-]{1,32}"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
NUMBER = r"(?:0|[1-9][0-9]{0,18})"
HEX = r"[0-9a-f]{64}"
LEAF = re.compile(
    f"munshi-leaf/1\nlog ({UUID})\nseq ({NUMBER})\ntime ({TIME})\n"
    f"actor (?:(?:person|customer):{ID}|program:{WORD})\naction {WORD}\\.{WORD}\nobject ({WORD}:{ID})\n"
    f"commitment (-|{HEX})\nciphertext (-|{HEX})\nprevious ({HEX})\n", re.ASCII)
TICK = re.compile(f"munshi-tick/1\norigin ([!-~]+)\nseq ({NUMBER})\ntime ({TIME})\nheads ({HEX})\nprevious ({HEX})\n", re.ASCII)
OPENING = re.compile(f"munshi-opening/1\nplace (0|[1-9][0-9]{{0,9}})\nsalt ({HEX})\n((?:path {HEX}\n){{0,32}})", re.ASCII)
ALWAYS = {"checkpoint", "policy", "records.jsonl", "shredded.jsonl",
          "instance/checkpoint", "instance/tick", "instance/tick.tlog-proof", "instance/opening"}
NOT_CHECKED = {"README.txt", "verify.py", "munshi-verify", "instance/stamped", "instance/stamped.tst"}


class Refused(Exception):
    """What was read is not of its form."""


# --- findings -------------------------------------------------------------------------------------------------------

class Findings:
    def __init__(self):
        self.count, self.kept, self.of_kind = 0, [], {}

    def add(self, file, seq, kind, expected, found):
        self.count += 1
        if self.of_kind.setdefault(kind, 0) < KEPT:
            self.of_kind[kind] += 1
            self.kept.append({"file": file, "seq": seq, "kind": kind, "expected": str(expected), "found": str(found)})

    def in_order(self):
        return sorted(self.kept, key=lambda one: (one["seq"] is None, one["seq"] or 0))


# --- Ed25519 (RFC 8032, section 5.1), verification only ---------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(one, two):  # extended coordinates (X, Y, Z, T)
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        scalar >>= 1
    return result


def point_decode(data):
    """The point, or None: only canonical encodings are taken."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else (0, y, 1, 0)
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - x2) % P:
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def point_encode(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_small_order(point):
    return point_encode(point_times(8, point)) == point_encode((0, 1, 1, 0))


def ed25519_verify(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = point_decode(key), point_decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or is_small_order(a):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    minus_a = (P - a[0], a[1], 1, P - a[3])
    return point_encode(point_add(point_times(s, BASE), point_times(k, minus_a))) == signature[:32]


# --- forms ------------------------------------------------------------------------------------------------------------

def from_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("base64 that is none")
    if base64.b64encode(data).decode() != text:
        raise Refused("base64 that is not canonical")
    return data


def number(text):
    if not re.fullmatch(NUMBER, text) or int(text) >= 2**63:
        raise Refused("a number that is not canonical")
    return int(text)


def note_parts(data):
    """A signed note: its text, and (name, key id, signature) of each line."""
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not UTF-8")
    if len(data) > 1000000 or not whole.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in whole) or "\n\n" not in whole:
        raise Refused("no signed note")
    text, lines = whole[:whole.rindex("\n\n") + 1], whole[whole.rindex("\n\n") + 2:].split("\n")[:-1]
    signatures = []
    for line in lines:
        words = line.split(" ")
        if len(words) != 3 or words[0] != "\u2014" or not words[1] or "+" in words[1] or any(c.isspace() for c in words[1]):
            raise Refused("a line that is no signature")
        blob = from_base64(words[2])
        if len(blob) < 5:
            raise Refused("a signature shorter than 5 bytes")
        signatures.append((words[1], blob[:4], blob[4:]))
    if not 1 <= len(signatures) <= 100:
        raise Refused("no signature, or more than 100")
    return text, signatures


def checkpoint_parts(text):
    lines = text.split("\n")
    if len(lines) != 4 or not lines[0] or lines[3]:
        raise Refused("not the three lines of a checkpoint")
    root = from_base64(lines[2])
    if len(root) != 32:
        raise Refused("a root that is not 32 bytes")
    return lines[0], number(lines[1]), root


class Key:
    """A verifier key of a log (type 1) or a witness (type 4)."""

    def __init__(self, name, kind, public):
        self.name, self.kind, self.public = name, kind, public
        self.id = hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]

    @staticmethod
    def parse(vkey, kind):
        parts = vkey.split("+", 2)
        if len(parts) != 3 or not parts[0] or any(c.isspace() or ord(c) < 32 for c in parts[0]):
            raise Refused("no verifier key")
        blob = from_base64(parts[2])
        point = point_decode(blob[1:]) if len(blob) == 33 else None
        if len(blob) != 33 or blob[0] != kind or (point is not None and is_small_order(point)):
            raise Refused("no verifier key of that type")
        key = Key(parts[0], kind, blob[1:])
        if key.id.hex() != parts[1]:
            raise Refused("a key id that is not the key's")
        return key

    def __str__(self):
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"

    def holds(self, text, signatures):
        """Whether this key's line holds; None where it has none."""
        for name, key_id, signature in signatures:
            if name == self.name and key_id == self.id:
                if self.kind == 1:
                    return ed25519_verify(self.public, text.encode(), signature)
                if len(signature) != 72 or signature[0] & 0x80:
                    return False
                stamp = int.from_bytes(signature[:8], "big")
                return ed25519_verify(self.public, f"cosignature/v1\ntime {stamp}\n{text}".encode(), signature[8:])
        return None


class Policy:
    """C2SP tlog-policy: logs, witnesses, groups and the quorum."""

    def __init__(self, data):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        members, publics = set(), set()
        text = data.decode("utf-8") if len(data) <= 1000000 else "too long"
        for line in text.split("\n")[:-1] if text.endswith("\n") or not text else ["no line feed at the end"]:
            words = re.split("[ \t]+", line.strip(" \t"))
            if words == [""] or words[0].startswith("#"):
                continue
            if words[0] == "log" and len(words) in (2, 3):
                self.logs.append(self.key(words[1], 1, publics))
            elif words[0] == "witness" and len(words) in (3, 4):
                self.define(words[1])
                self.witnesses[words[1]] = self.key(words[2], 4, publics)
            elif words[0] == "group" and len(words) >= 4:
                names = words[3:]
                need = {"any": 1, "all": len(names)}.get(words[2]) or number(words[2])
                if not 1 <= need <= len(names) or len(set(names)) < len(names) or any(n in members or not self.knows(n) for n in names):
                    raise Refused("a group that is none")
                members.update(names)
                self.define(words[1])
                self.groups[words[1]] = (need, names)
            elif words[0] == "quorum" and len(words) == 2 and self.quorum is None and (words[1] == "none" or self.knows(words[1])):
                self.quorum = words[1]
            else:
                raise Refused("a line that is none of a policy")
        if self.quorum is None:
            raise Refused("no quorum line")

    @staticmethod
    def key(vkey, kind, publics):
        key = Key.parse(vkey, kind)
        if key.public in publics:
            raise Refused("a public key that stands in it twice")
        publics.add(key.public)
        return key

    def knows(self, name):
        return name in self.witnesses or name in self.groups

    def define(self, name):
        if name == "none" or self.knows(name):
            raise Refused("a name that is taken")

    def met(self, name, cosigned):
        if name == "none" or name in self.witnesses:
            return name == "none" or name in cosigned
        need, names = self.groups[name]
        return sum(self.met(one, cosigned) for one in names) >= need


# --- the tree (RFC 9162, section 2.1) -----------------------------------------------------------------------------------

def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_root(hashes):
    """Of complete subtrees of one size."""
    level = list(hashes)
    if not level:
        return hashlib.sha256().digest()
    while len(level) > 1:
        level = [node_hash(level[i], level[i + 1]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0]


def fold(frontier):
    """The root over complete subtrees, the largest first."""
    root = frontier[-1]
    for one in reversed(frontier[:-1]):
        root = node_hash(one, root)
    return root


def path_leads(index, size, hash_, path, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
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
    return sn == 0 and hash_ == root


def tile_path(level, index, width):
    name = f"{index % 1000:03}"
    while index >= 1000:
        index //= 1000
        name = f"x{index % 1000:03}/{name}"
    return f"tile/{level}/{name}" + (f".p/{width}" if width < 256 else "")


def tiles_of(size, level):
    """(index, width) of each tile of a level."""
    count = size >> 8 * level
    for index in range((count + 255) // 256):
        yield index, min(256, count - 256 * index)


# --- the export -------------------------------------------------------------------------------------------------------

class Export:
    def __init__(self, root, findings, label=""):
        self.root, self.findings, self.label = root, findings, label

    def read(self, file, length=None, seq=None):
        try:
            with open(os.path.join(self.root, file), "rb") as stream:
                data = stream.read()
        except OSError:
            self.findings.add(self.label + file, None, "file-missing", "a file that can be read", "none")
            return None
        if length is not None and len(data) != length:
            self.findings.add(self.label + file, seq, "form", f"{length} bytes", f"{len(data)} bytes")
            return None
        return data

    def hashes(self, size):
        """The leaf hashes, as the tiles of level 0 have them."""
        for index, width in tiles_of(size, 0):
            data = self.read(tile_path(0, index, width), 32 * width, 256 * index)
            if data is None:
                return
            yield from (data[i:i + 32] for i in range(0, len(data), 32))


class Verification:
    def __init__(self, directory, policy, against):
        self.findings = Findings()
        self.export = Export(directory, self.findings)
        self.given, self.against = policy, against
        self.policy = self.key = self.log = self.tick = None
        self.size = self.records = 0
        self.witnesses = []

    def run(self):
        if not self.check_checkpoint():
            return
        last = list(tiles_of(self.size, 0))[-1:] if self.size <= 1 << 34 else []
        if not last or not os.path.isfile(os.path.join(self.export.root, tile_path(0, *last[0]))):
            self.findings.add("tile/0", None, "file-missing", "the last hashes of the checkpoint's size", "none")
            return
        self.check_instance()
        self.check_entries()
        self.check_files()
        if self.against:
            self.check_against()

    # ------ who signed

    def check_checkpoint(self):
        own = None
        data = self.export.read("policy")
        if data is not None:
            try:
                own = Policy(data)
                if len(own.logs) != 1 or data != f"log {own.logs[0]}\nquorum none\n".encode():
                    raise Refused("another content")
            except (Refused, ValueError) as refused:
                own = None
                self.findings.add("policy", None, "form", "a line 'log' with one key and the line 'quorum none'", refused)
        self.policy = own
        if self.given is not None:
            try:
                self.policy = Policy(self.given)
            except (Refused, ValueError) as refused:
                self.policy = None
                self.findings.add("--policy", None, "form", "a tlog-policy", refused)
        data = self.export.read("checkpoint")
        if data is None:
            return False
        try:
            text, signatures = note_parts(data)
            self.origin, self.size, self.root = checkpoint_parts(text)
            match = re.fullmatch(f"([^ +]+)/w/({UUID})", self.origin)
            if not match:
                raise Refused("an origin that is not NAME/w/WORKSPACE")
        except Refused as refused:
            self.findings.add("checkpoint", None, "form", "a checkpoint, signed", refused)
            return False
        self.instance, self.log = match.group(1), match.group(2)
        for name in (self.origin, self.instance):
            for log in self.policy.logs if self.policy else ():
                if log.name == name and not self.key:
                    self.key = Key(self.origin, 1, log.public)
        if not self.key:
            self.findings.add("checkpoint", None, "signature", f"a log of the policy named {self.origin} or {self.instance}", "none")
            return True
        self.check_signature("checkpoint", text, signatures)
        if own and str(own.logs[0]) != str(self.key):
            self.findings.add("policy", None, "signature", self.key, own.logs[0])
        return True

    def check_signature(self, file, text, signatures):
        if len(signatures) != 1:
            self.findings.add(file, None, "form", "the log's own signature line alone", "further ones")
        if not self.key.holds(text, signatures):
            self.findings.add(file, None, "signature", f"a signature by {self.key}", "none that holds")

    # ------ the instance log

    def check_instance(self):
        note, tick, proof, opening = (self.export.read("instance/" + name) for name in ("checkpoint", "tick", "tick.tlog-proof", "opening"))
        size = root = leaf = None
        if note is not None:
            try:
                text, signatures = note_parts(note)
                origin, size, root = checkpoint_parts(text)
                self.check_instance_signatures(text, signatures, origin)
            except Refused as refused:
                self.findings.add("instance/checkpoint", None, "form", "a checkpoint, signed", refused)
        if tick is not None:
            leaf = TICK.fullmatch(tick.decode("latin-1"))
            if not leaf or not is_instant(leaf.group(3)):
                leaf = None
                self.findings.add("instance/tick", None, "form", "a canonical tick leaf", "another content")
            elif leaf.group(1) != self.instance:
                self.findings.add("instance/tick", None, "log", self.instance, leaf.group(1))
        if leaf and root and proof is not None:
            self.check_inclusion(note, size, root, tick, leaf, proof)
        if leaf and opening is not None:
            self.check_opening(opening, bytes.fromhex(leaf.group(4)))

    def check_instance_signatures(self, text, signatures, origin):
        if origin != self.instance:
            self.findings.add("instance/checkpoint", None, "signature", f"a checkpoint of {self.instance}", f"one of {origin}")
        if not self.key:
            return
        key = Key(self.instance, 1, self.key.public)
        if not key.holds(text, signatures):
            self.findings.add("instance/checkpoint", None, "signature", f"a signature by {key}", "none that holds")
        cosigned = set()
        for name, witness in self.policy.witnesses.items():
            verdict = witness.holds(text, signatures)
            if verdict is False:
                self.findings.add("instance/checkpoint", None, "signature", f"a cosignature by {name}", "one that does not hold")
            elif verdict:
                cosigned.add(name)
        self.witnesses = sorted(cosigned)
        if not self.policy.met(self.policy.quorum, cosigned):
            self.findings.add("instance/checkpoint", None, "quorum", f"cosignatures by the quorum {self.policy.quorum}", self.witnesses)

    def check_inclusion(self, note, size, root, tick, leaf, proof):
        try:
            head, _, rest = proof.partition(b"\n\n")
            lines = head.decode("ascii").split("\n")
            if lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 2 or not lines[1].startswith("index ") or rest != note or len(lines) > 65:
                raise Refused("another content")
            index, path = number(lines[1][6:]), [from_base64(line) for line in lines[2:]]
            if any(len(one) != 32 for one in path):
                raise Refused("a hash that is not 32 bytes")
        except (Refused, ValueError) as refused:
            self.findings.add("instance/tick.tlog-proof", None, "form", "a tlog-proof with the checkpoint of instance/checkpoint", refused)
            return
        if index != int(leaf.group(2)):
            self.findings.add("instance/tick.tlog-proof", None, "inclusion", f"index {leaf.group(2)}", f"index {index}")
        if path_leads(index, size, leaf_hash(tick), path, root):
            self.tick = leaf.group(3)
        else:
            self.findings.add("instance/tick", None, "inclusion", f"a tick under the root {root.hex()}", "one that is not")

    def check_opening(self, data, heads):
        match = OPENING.fullmatch(data.decode("latin-1"))
        if not match:
            self.findings.add("instance/opening", None, "form", "munshi-opening/1, place, salt and path, a line each", "another content")
            return
        path = [bytes.fromhex(line[5:]) for line in match.group(3).split("\n")[:-1]]
        head = f"munshi-head/1\norigin {self.origin}\nsize {self.size}\nroot {self.root.hex()}\n".encode()
        commitment = hmac.new(bytes.fromhex(match.group(2)), head, hashlib.sha256).digest()
        if not path_leads(int(match.group(1)), 1 << len(path), leaf_hash(commitment), path, heads):
            self.findings.add("instance/opening", None, "opening", f"the checkpoint under the heads {heads.hex()}", "another")

    # ------ entries, records, tree

    def check_entries(self):
        shredded = self.read_shredded()
        records = self.read_records()
        record = next(records, None) if records else None
        previous, nodes, rest, whole = bytes(32), [], [], True
        for index, width in tiles_of(self.size, 0):
            tile = self.export.read(tile_path(0, index, width), 32 * width, 256 * index)
            hashes = [tile[i:i + 32] for i in range(0, len(tile), 32)] if tile is not None else None
            entries = self.read_entries(index, width)
            for i in range(width):
                seq = 256 * index + i
                mine = []
                while record and record[0] <= seq:
                    mine.append(record[1])
                    record = next(records, None)
                if entries is None:
                    previous = hashes[i] if hashes else None
                    continue
                leaf = self.check_leaf(index, width, seq, entries[i], hashes[i] if hashes else None, previous)
                previous = hashes[i] if hashes else leaf_hash(entries[i])
                if leaf and records:
                    self.check_record(seq, leaf, mine[-1] if mine else None, shredded)
            if hashes is None:
                whole = False
                previous = previous if entries is not None else None
                nodes.append(None)
            elif width == 256:
                nodes.append(tree_root(hashes))
            else:
                rest = hashes
        while record:
            self.findings.add("records.jsonl", record[0], "record-extra", "no record beyond the last entry", "one")
            record = next(records, None)
        self.check_tiles(nodes[:self.size >> 8])
        if whole:
            self.check_root(nodes, rest)

    def check_leaf(self, index, width, seq, entry, stored, previous):
        """The leaf's fields, or None where it cannot be read."""
        file = tile_path("entries", index, width)
        leaf = LEAF.fullmatch(entry.decode("latin-1")) if len(entry) <= 2048 else None
        if not leaf or not is_instant(leaf.group(3)) or int(leaf.group(2)) >= 2**63:
            self.findings.add(file, seq, "leaf-form", "a canonical leaf", "another content")
            return None
        computed = leaf_hash(entry)
        if stored is not None and stored != computed:
            self.findings.add(file, seq, "row-hash", computed.hex(), f"{stored.hex()} in {tile_path(0, index, width)}")
            return None
        if leaf.group(1) != self.log:
            self.findings.add(file, seq, "log", self.log, leaf.group(1))
            return None
        if int(leaf.group(2)) != seq:
            self.findings.add(file, seq, "seq", seq, leaf.group(2))
            return None
        if previous is not None and leaf.group(7) != previous.hex():
            self.findings.add(file, seq, "previous", previous.hex(), leaf.group(7))
        return leaf

    def check_record(self, seq, leaf, line, shredded):
        target, commitment, ciphertext = leaf.group(4), leaf.group(5), leaf.group(6)
        add = self.findings.add
        if commitment == "-" and ciphertext == "-":
            if line is not None:
                add("records.jsonl", seq, "record-extra", "no record: the entry commits to none", "one")
            if seq in shredded:
                add("shredded.jsonl", seq, "record-extra", "no line: the entry commits to no record", "one")
            return
        if line is None:
            add("records.jsonl", seq, "record-missing", target, "no such record")
            return
        try:
            value, record, salt, sealed = self.read_record(line)
        except (Refused, ValueError, KeyError, TypeError, AttributeError):
            add("records.jsonl", seq, "form", "a record in canonical form", "another content")
            return
        if value["object"] != target:
            add("records.jsonl", seq, "object", target, "another object")
        found = hashlib.sha256(b"".join(
            b"\xff\xff\xff\xff" if one is None else len(one).to_bytes(4, "big") + one for one in sealed)).hexdigest() if sealed else "-"
        if found != ciphertext:
            add("records.jsonl", seq, "ciphertext", ciphertext, found)
        if record is not None:
            found = hmac.new(salt, record, hashlib.sha256).hexdigest()
            if found != commitment:
                add("records.jsonl", seq, "commitment", commitment, found)
            if seq in shredded:
                add("shredded.jsonl", seq, "record-extra", "no line: the record is there", "one")
        elif seq in shredded:
            add("shredded.jsonl", seq, "key-missing", f"the key of {target}", "no key, and no erasure that says so")
        else:
            add("records.jsonl", seq, "commitment", commitment, "the record does not open")

    @staticmethod
    def read_record(line):
        value = json.loads(line.decode("ascii"))
        if json.dumps(value, separators=(",", ":")).encode() != line or list(value) != ["seq", "object", "record", "salt", "sealed"]:
            raise Refused("not the one form of a record")
        record, salt = (None if value[name] is None else from_base64(value[name]) for name in ("record", "salt"))
        if (record is None) != (salt is None) or (salt is not None and len(salt) != 32):
            raise Refused("record and salt do not belong together")
        return value, record, salt, [None if one is None else from_base64(one) for one in value["sealed"]]

    def read_records(self):
        try:
            stream = open(os.path.join(self.export.root, "records.jsonl"), "rb")
        except OSError:
            self.findings.add("records.jsonl", None, "file-missing", "a file that can be read", "none")
            return None
        return self.record_lines(stream)

    def record_lines(self, stream):
        last = -1
        with stream:
            for place, line in enumerate(stream, 1):
                match = re.match(rb'\{"seq":(0|[1-9][0-9]{0,18}),', line)
                if not match or not line.endswith(b"\n"):
                    self.findings.add("records.jsonl", None, "form", f"line {place}: a record and a line feed", "another content")
                elif int(match.group(1)) <= last:
                    self.findings.add("records.jsonl", int(match.group(1)), "form", f"line {place}: a number above {last}", int(match.group(1)))
                else:
                    last = int(match.group(1))
                    self.records += 1
                    yield last, line[:-1]

    def read_shredded(self):
        data, last, seqs = self.export.read("shredded.jsonl"), -1, set()
        for place, line in enumerate((data or b"").split(b"\n"), 1):
            match = re.fullmatch(rb'\{"seq":(0|[1-9][0-9]{0,18}),"erasure":null\}', line)
            if place == len((data or b"").split(b"\n")) and not line:
                break
            if not match or int(match.group(1)) <= last or not data.endswith(b"\n"):
                self.findings.add("shredded.jsonl", None, "form", f"line {place}: an entry above the one before and its erasure", "another content")
                break
            last = int(match.group(1))
            if last >= self.size:
                self.findings.add("shredded.jsonl", last, "record-extra", f"an entry below {self.size}", "one above")
            seqs.add(last)
        return seqs

    def read_entries(self, index, width):
        file = tile_path("entries", index, width)
        data, entries, at = self.export.read(file), [], 0
        if data is None:
            return None
        while at < len(data) and len(entries) <= width:
            length = int.from_bytes(data[at:at + 2], "big")
            entries.append(data[at + 2:at + 2 + length])
            at += 2 + length
        if at != len(data) or len(entries) != width:
            self.findings.add(file, 256 * index, "form", f"{width} entries, each with its length before it", "another content")
            return None
        return entries

    def check_tiles(self, nodes):
        level = 1
        while self.size >> 8 * level:
            for index, width in tiles_of(self.size, level):
                file = tile_path(level, index, width)
                data = self.export.read(file, 32 * width, 256 * index << 8 * level)
                for i in range(width if data is not None else 0):
                    expected, found = nodes[256 * index + i], data[32 * i:32 * i + 32]
                    if expected is not None and expected != found:
                        self.findings.add(file, 256 * index + i << 8 * level, "node", expected.hex(), found.hex())
            above = (nodes[i:i + 256] for i in range(0, len(nodes) - 255, 256))
            nodes = [None if None in below else tree_root(below) for below in above]
            level += 1

    def check_root(self, nodes, rest):
        root = tree_root(nodes + ([tree_root(rest)] if rest else []))
        if root != self.root:
            self.findings.add("checkpoint", None, "root", f"the root {self.root.hex()}", f"{root.hex()} over the {self.size} hashes in tile/0")

    # ------ the files, and another export

    def check_files(self):
        known, level = ALWAYS | NOT_CHECKED, 0
        while self.size >> 8 * level:
            for index, width in tiles_of(self.size, level):
                known.add(tile_path(level, index, width))
                if level == 0:
                    known.add(tile_path("entries", index, width))
            level += 1
        for directory, directories, files in os.walk(self.export.root):
            for name in directories + files:
                path = os.path.join(directory, name)
                file = os.path.relpath(path, self.export.root)
                if os.path.islink(path):
                    self.findings.add(file, None, "file-extra", "files and directories", "a link")
                elif name in files and file not in known:
                    self.findings.add(file, None, "file-extra", "no such file", "one")

    def check_against(self):
        other, label = None, "--against "
        if os.path.isdir(self.against):
            other = Export(self.against, self.findings, label)
            data = other.read("checkpoint")
        else:
            with open(self.against, "rb") as stream:
                data = stream.read()
        if data is None or not self.key:
            return
        try:
            text, signatures = note_parts(data)
            origin, size, root = checkpoint_parts(text)
        except Refused as refused:
            self.findings.add(label + "checkpoint", None, "form", "a checkpoint, signed", refused)
            return
        if origin != self.origin:
            self.findings.add(label + "checkpoint", None, "signature", f"a checkpoint of {self.origin}", f"one of {origin}")
            return
        self.check_signature(label + "checkpoint", text, signatures)
        if size > self.size and not other:
            self.findings.add(label + "checkpoint", None, "form", f"an export, or a checkpoint of at most {self.size} entries", f"a checkpoint of {size}")
            return
        older, older_root, tree = (self.size, self.root, other) if size > self.size else (size, root, self.export)
        frontier, count, at_older = [], 0, tree_root([]) if older == 0 else None
        for one in tree.hashes(max(size, self.size)):
            count += 1
            frontier.append(one)
            for _ in range((count & -count).bit_length() - 1):  # as many pairs are complete now
                frontier[-2:] = [node_hash(*frontier[-2:])]
            if count == older:
                at_older = fold(frontier)
        if size > self.size and fold(frontier) != root:
            self.findings.add(label + "checkpoint", None, "root", f"the root {root.hex()}", "another over the hashes in its tile/0")
        if at_older != older_root or (size == self.size and root != self.root):
            place = None
            if other:
                pairs = enumerate(zip(self.export.hashes(self.size), other.hashes(size)))
                place = next((seq for seq, (one, two) in pairs if one != two), None)
            self.findings.add("checkpoint", place, "fork", f"one history: {older_root.hex()} at size {older}", f"{(at_older or b'').hex()}: two histories, both signed")


def is_instant(text):
    try:
        time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return False
    return text[17:19] < "60"


def tell(verification, as_json, seconds):
    findings, out = verification.findings, sys.stdout
    told = [{"log": verification.log, **one} for one in findings.in_order()]
    if as_json:
        for one in told:
            print(json.dumps(one, ensure_ascii=False, separators=(",", ":")))
        print(json.dumps({
            "entries": verification.size, "ok": not findings.count, "erased": 0, "lost": 0, "firstBad": told[0] if told else None,
            "seconds": round(seconds, 3), "records": verification.records, "findingCount": findings.count,
            "key": str(verification.key) if verification.key else None, "trust": "own" if verification.given is None else "given",
            "tick": verification.tick, "witnesses": verification.witnesses}, ensure_ascii=False, separators=(",", ":")))
        return
    for one in told:
        entry = "" if one["seq"] is None else f", entry {one['seq']}"
        out.write(f"{one['file']}{entry}: {one['kind']}: expected {one['expected']}, found {one['found']}\n")
    if findings.count > len(told):
        out.write(f"and {findings.count - len(told)} more\n")
    if verification.key:
        out.write(f"Signed by {verification.key}\n")
        out.write("That key came with the export: compare it with one that you had from elsewhere, or give yours with --policy.\n"
                  if verification.given is None else f"That key is the one in your policy; witnesses of it that cosigned: {len(verification.witnesses)}.\n")
    if verification.tick:
        out.write(f"The instance log held it at {verification.tick}\n")
    out.write(f"{verification.size} entries, {verification.records} records, 0 erased, 0 lost, {seconds:.1f} s: "
              f"{'NOT AS WRITTEN' if findings.count else 'nothing was altered'}\n")


def main(arguments):
    options, rest = {"--policy": None, "--against": None, "--json": None}, list(arguments)
    if rest in (["--help"], ["-h"]):
        print(__doc__)
        return 0
    directory = None
    while rest:
        word = rest.pop(0)
        if word == "--json":
            options[word] = True
        elif word in options and options[word] is None and rest:
            options[word] = rest.pop(0)
        elif not word.startswith("-") and directory is None:
            directory = word
        else:
            directory = None
            break
    paths = [directory, options["--policy"], options["--against"]]
    if not directory or not os.path.isdir(directory) or any(one is not None and not os.path.exists(one) for one in paths):
        sys.stderr.write(__doc__ + "\n")
        return 2
    began, policy = time.monotonic(), None
    if options["--policy"]:
        with open(options["--policy"], "rb") as stream:
            policy = stream.read()
    verification = Verification(directory, policy, options["--against"])
    verification.run()
    tell(verification, options["--json"], time.monotonic() - began)
    return 1 if verification.findings.count else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
