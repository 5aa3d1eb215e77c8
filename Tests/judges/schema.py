"""Validates a JSON file against a JSON Schema; prints every error."""

import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
errors = list(validator.iter_errors(json.load(open(sys.argv[2], encoding="utf-8"))))
for error in errors:
    print(error.json_path, error.message)
sys.exit(bool(errors))
