# SPDX-License-Identifier: GPL-2.0-or-later
"""Usage: schema.py SCHEMA_DIR FOLDER NAME...

For each schema NAME: the documents NAME.*.json and streams NAME.*.jsonl in FOLDER are valid, what
differs from them is not, and the schema says nothing that none of them has. Prints TAP.
"""
import json
import pathlib
import sys

import jsonschema

# Objects whose names are the machine's.
MAPS = {"counters", "counters_unknown"}
# What may be missing, by the end of its path.
OPTIONAL = {
    "/subjects[]/verdict", "/subjects[]/reason", "/steps[]/round", "/step/round", "/run/cut",
    "/loops", "/latency",
}


def read_schema(path):
    schema = json.loads(path.read_text())
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    return validator(schema)


def read_documents(path):
    text = path.read_text()
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return [json.loads(text)]


def first_error(validator, document):
    error = jsonschema.exceptions.best_match(validator.iter_errors(document))
    return error and "/".join(map(str, error.absolute_path)) + ": " + error.message[:200]


def objects(node, path=""):
    """Each object in the document that has names of ours, with where it stands."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            if key not in MAPS:
                yield from objects(value, path + "/" + key)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value, path + "[]")


def edits(path, node):
    """Changes to the object that no reader expects: what each is called, and the other object."""
    yield path + ": one more", {**node, "added": None}
    for key in list(node):
        rest = {k: v for k, v in node.items() if k != key}
        yield f"{path}/{key}: renamed", {**rest, key + "s_": node[key]}
        yield f"{path}/{key}: of another type", {**node, key: {"other": [1.5]}}
        if not any((path + "/" + key).endswith(end) for end in OPTIONAL):
            yield f"{path}/{key}: removed", rest


class Strictness:
    """Tries each edit at each place once for every set of names that was met there."""

    def __init__(self, validator):
        self.validator = validator
        self.met = set()
        self.tried = 0
        self.accepted = []

    def try_on(self, document):
        for path, node in objects(document):
            kind = (document.get("event"), path, tuple(sorted(node)))
            if kind in self.met:
                continue
            self.met.add(kind)
            before = dict(node)
            for name, other in edits(path, before):
                node.clear()
                node.update(other)
                self.tried += 1
                if self.validator.is_valid(document):
                    self.accepted.append(name)
            node.clear()
            node.update(before)


def names_of(schema, path=""):
    """Each property the schema has, by definition, and whether it is described."""
    if isinstance(schema, dict):
        for name, value in schema.get("properties", {}).items():
            yield path + "/" + name, value
        for key, value in schema.items():
            yield from names_of(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for value in schema:
            yield from names_of(value, path)


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = False

    def ok(self, name, complaints):
        self.number += 1
        print(f"{'not ok' if complaints else 'ok'} {self.number} - {name}")
        for line in complaints[:20]:
            print(f"#   {line}")
        self.failed = self.failed or bool(complaints)

    def end(self):
        print(f"1..{self.number}")
        return 1 if self.failed else 0


def check_one(tap, name, validator, files):
    complaints, met, strict = [], set(), Strictness(validator)
    for path in files:
        for document in read_documents(path):
            error = first_error(validator, document)
            if error:
                complaints.append(f"{path.name}: {error}")
                continue
            met.update(key for _, node in objects(document) for key in node)
            strict.try_on(document)
    tap.ok(f"{name}: {len(files)} files are valid", complaints if files else ["there is none"])
    tap.ok(f"{name}: each of {strict.tried} changes is rejected",
           strict.accepted if strict.tried else ["none was tried"])
    stale = sorted({path for path, _ in names_of(validator.schema)
                    if path.rsplit("/", 1)[1] not in met})
    tap.ok(f"{name}: no name that no document has", stale)
    definitions = validator.schema["$defs"]
    tap.ok(f"{name}: each name is described", [
        path for path, value in names_of(validator.schema)
        if "description" not in value
        and "description" not in definitions.get(value.get("$ref", "").rsplit("/", 1)[-1], {})])


def main(schema_dir, folder, names):
    tap = Tap()
    for name in names:
        validator = read_schema(schema_dir / (name + ".schema.json"))
        check_one(tap, name, validator, sorted(folder.glob(name + ".*.json*")))
    shared = {}
    differing = []
    for path in sorted(schema_dir.glob("*.schema.json")):
        for key, value in read_schema(path).schema["$defs"].items():
            if shared.setdefault(key, value) != value:
                differing.append(f"{path.name}: {key}")
    tap.ok("what schemas share is the same in each", differing)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]))
