"""Holds JSON documents to a JSON Schema: `validate.py SCHEMA FOLDER`.

Each file of the folder that begins with "good" has to be valid, each other one not. Prints a line
`FAIL name reason` for each that is not as it should be, then how many there were."""

import json
import pathlib
import sys

import jsonschema


def main(schema_path, folder):
    schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    count = failures = 0
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        error = next(validator.iter_errors(json.loads(path.read_text(encoding="utf-8"))), None)
        count += 1
        if path.name.startswith("good") == (error is None):
            continue
        failures += 1
        print("FAIL", path.name, error.message if error else "is valid")
    print(count, "documents")
    return 1 if failures else 0


sys.exit(main(*sys.argv[1:]))
