#!/usr/bin/env python3
"""Reads GPU evidence without Sealcheck's code: Python's standard library alone.

    read_evidence.py FILE [--split DIR]

FILE is the object that a proxy serves (GET /v1/get_node_attestation/ID), or one report. It prints
every field. With --split it writes what openssl needs, for device 0, 1, ...:

    chain-0.pem leaf-0.pem root-0.pem   the certificates
    signed-0.bin signature-0.der        what was signed, and the signature as DER

It judges nothing but the binding of the key: docs/ATTESTATION.md section 10, has the rest.
"""

import argparse
import base64
import json
import pathlib
import struct
import sys
import zlib

CAP = 1 << 20
NAMES = {
    3: "driver version", 4: "GPU info", 6: "VBIOS version", 11: "NVDEC0 state",
    12: "measurement counts", 13: "CPR info", 14: "board id", 15: "chip SKU",
    16: "chip SKU modifier", 17: "project", 18: "project SKU", 19: "project SKU modifier",
    20: "FWID", 21: "protected PCIe", 22: "switch ids", 26: "GPU ids", 33: "system enable",
    34: "opaque version", 35: "chip info", 36: "feature flag",
}


class Wrong(Exception):
    """The bytes do not have the form of docs/ATTESTATION.md."""


def need(right, rule):
    if not right:
        raise Wrong(rule)


def parse_report(report):
    """The fields of a report, by name, in their order."""
    need(len(report) >= 45, "request and response head take 45 bytes")
    request = struct.unpack_from("<BBBB32sB", report, 0)
    head = struct.unpack_from("<BBBBB", report, 37)
    length = int.from_bytes(report[42:45], "little")
    need(request[:4] == (0x11, 0xE0, 1, 0xFF) and request[5] == 0, "GET_MEASUREMENTS 1.1")
    need(head[:4] == (0x11, 0x60, 0, 0), "MEASUREMENTS 1.1")
    need(1 <= head[4] <= 64 and length == 55 * head[4], "55 bytes for each block")
    need(45 + length + 34 <= len(report), "the record lies within the report")
    blocks = {}
    for at in range(45, 45 + length, 55):
        index, spec, size, kind, value_size = struct.unpack_from("<BBHBH", report, at)
        need((spec, size, kind, value_size) == (1, 51, 1, 48), "a block of DMTF's form")
        need(1 <= index <= 64 and index not in blocks, "each index once")
        blocks[index] = report[at + 7:at + 55]
    at = 45 + length
    responder = report[at:at + 32]
    (opaque_length,) = struct.unpack_from("<H", report, at + 32)
    at += 34
    end = at + opaque_length
    need(end + 96 == len(report), "a signature of 96 bytes ends the report")
    opaque = {}
    while at < end:
        need(at + 4 <= end, "an entry lies within the opaque data")
        kind, size = struct.unpack_from("<HH", report, at)
        need(at + 4 + size <= end and kind not in opaque, "each entry within, each type once")
        opaque[kind] = report[at + 4:at + 4 + size]
        at += 4 + size
    return {"nonce": request[4], "blocks": blocks, "responder nonce": responder,
            "opaque": opaque, "signed": report[:end], "signature": report[end:]}


def text_of(kind, data):
    if kind == 6 and len(data) >= 5:
        return ".".join("%02x" % data[i] for i in (3, 2, 1, 0, 4))
    if kind in (3, 15, 16, 17, 18, 19):
        return repr(data.split(b"\0")[0].decode("ascii", "replace"))
    return data.hex() if len(data) <= 64 else "%d bytes" % len(data)


def print_report(fields):
    print("  nonce            " + fields["nonce"].hex())
    print("  responder nonce  " + fields["responder nonce"].hex())
    used = {i: v for i, v in fields["blocks"].items() if any(v)}
    print("  blocks           %d, %d used" % (len(fields["blocks"]), len(used)))
    for index, value in used.items():
        print("    %2d %s" % (index, value.hex()))
    for kind, data in fields["opaque"].items():
        print("  %-2d %-22s %s" % (kind, NAMES.get(kind, "?"), text_of(kind, data)))
    print("  signature        " + fields["signature"].hex())


def der_integer(raw):
    raw = raw.lstrip(b"\0") or b"\0"
    raw = b"\0" + raw if raw[0] & 0x80 else raw
    return bytes([2, len(raw)]) + raw


def der_signature(raw):
    """r then s, 48 bytes each, as the SEQUENCE that openssl reads; shorter than 128 bytes."""
    body = der_integer(raw[:48]) + der_integer(raw[48:])
    return bytes([0x30, len(body)]) + body


def blake3_one_block(message):
    """BLAKE3-256 of at most 64 bytes: one block, which is first, last and root at once."""
    need(len(message) <= 64, "one block")
    iv = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
          0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
    order = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
    mask = 0xFFFFFFFF
    words = list(struct.unpack("<16I", message.ljust(64, b"\0")))
    v = list(iv) + list(iv[:4]) + [0, 0, len(message), 1 | 2 | 8]

    def mix(a, b, c, d, x, y):
        for word, left, right in ((x, 16, 12), (y, 8, 7)):
            v[a] = (v[a] + v[b] + word) & mask
            v[d] ^= v[a]
            v[d] = (v[d] >> left | v[d] << (32 - left)) & mask
            v[c] = (v[c] + v[d]) & mask
            v[b] ^= v[c]
            v[b] = (v[b] >> right | v[b] << (32 - right)) & mask

    for _ in range(7):
        for i in range(4):
            mix(i, 4 + i, 8 + i, 12 + i, words[2 * i], words[2 * i + 1])
        for i in range(4):
            mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4,
                words[8 + 2 * i], words[9 + 2 * i])
        words = [words[i] for i in order]
    return struct.pack("<8I", *(v[i] ^ v[i + 8] for i in range(8)))


def entries_of(served):
    stream = zlib.decompressobj()
    inflated = stream.decompress(bytes(served["compressed_evidence"]), CAP + 1)
    need(stream.eof and len(inflated) <= CAP and not stream.unused_data, "a stream within the cap")
    entries = json.loads(inflated)
    need(isinstance(entries, list), "an array of entries")
    need(all(e["evidence_type"] in ("device", "nvswitch") for e in entries), "known devices")
    return entries


def split(folder, number, chain, fields):
    certificates = [part + "-----END CERTIFICATE-----\n"
                    for part in chain.split("-----END CERTIFICATE-----\n") if part.strip()]
    files = {"chain-%d.pem" % number: "".join(certificates).encode(),
             "leaf-%d.pem" % number: certificates[0].encode(),
             "root-%d.pem" % number: certificates[-1].encode(),
             "signed-%d.bin" % number: fields["signed"],
             "signature-%d.der" % number: der_signature(fields["signature"])}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def expected_nonce(served):
    if not served.get("nonce") or not served.get("public_key"):
        return None
    key = base64.b64decode(served["public_key"], validate=True)
    need(len(key) == 32, "a key of 32 bytes")
    return blake3_one_block(
        struct.pack("<Q", int(served["nonce"], 16)) + key + struct.pack("<H", 300))


def main():
    parser = argparse.ArgumentParser(description="Reads GPU evidence.")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--split", type=pathlib.Path, metavar="DIR")
    options = parser.parse_args()
    content = options.file.read_bytes()
    if content[:1] == b"\x11":
        print_report(parse_report(content))
        return 0
    served = json.loads(content)
    expected = expected_nonce(served)
    bound = True
    for number, entry in enumerate(entries_of(served)):
        chain = base64.b64decode(entry["certificate"], validate=True).decode("ascii")
        fields = parse_report(base64.b64decode(entry["evidence"], validate=True))
        print("device %d, %s, %d certificates"
              % (number, entry["evidence_type"], chain.count("BEGIN CERTIFICATE")))
        print_report(fields)
        if expected is None:
            print("  binding          not known: no nonce or no key is served")
        else:
            match = fields["nonce"] == expected
            bound = bound and match
            print("  binding          " + ("names the key" if match else "NAMES ANOTHER KEY"))
        if options.split:
            split(options.split, number, chain, fields)
    return 0 if bound else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Wrong, ValueError, KeyError, zlib.error) as wrong:
        print("not evidence: %s" % wrong, file=sys.stderr)
        sys.exit(1)
